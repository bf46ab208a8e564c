using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.SourceUsers;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Silo.Activations;

// One class a kind, so that placement, metrics and the dashboard speak of partners and deals. The grain type is the
// kind's name in keys: it goes between processes of different builds and never changes.

[GrainType(PartnerKey.Kind)]
internal sealed class PartnerGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(DealKey.Kind)]
internal sealed class DealGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(AccountKey.Kind)]
internal sealed class AccountGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(SourceKey.Kind)]
internal sealed class SourceGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(DeliveryKey.Kind)]
internal sealed class DeliveryGrain(IGrainContext context, CoreHost host) : SharedActivation(context, host);

[GrainType(EndpointKey.Kind)]
internal sealed class EndpointGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(NotificationKey.Kind)]
internal sealed class NotificationGrain(IGrainContext context, CoreHost host) : SharedActivation(context, host);

[GrainType(ApiKeyKey.Kind)]
internal sealed class ApiKeyGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(PersonKey.Kind)]
internal sealed class PersonGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(CustomerProgramKey.Kind)]
internal sealed class CustomerProgramGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(EnrolmentKey.Kind)]
internal sealed class EnrolmentGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(WearableStreamKey.Kind)]
internal sealed class WearableStreamGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(SourceUserKey.Kind)]
internal sealed class SourceUserGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);

[GrainType(BlueprintKey.Kind)]
internal sealed class BlueprintGrain(IGrainContext context, CoreHost host) : GrainActivation(context, host);
