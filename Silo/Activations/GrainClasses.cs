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
internal sealed class PartnerGrain(CoreHost host) : GrainActivation(host);

[GrainType(DealKey.Kind)]
internal sealed class DealGrain(CoreHost host) : GrainActivation(host);

[GrainType(AccountKey.Kind)]
internal sealed class AccountGrain(CoreHost host) : GrainActivation(host);

[GrainType(SourceKey.Kind)]
internal sealed class SourceGrain(CoreHost host) : GrainActivation(host);

[GrainType(DeliveryKey.Kind)]
internal sealed class DeliveryGrain(CoreHost host) : SharedActivation(host);

[GrainType(EndpointKey.Kind)]
internal sealed class EndpointGrain(CoreHost host) : GrainActivation(host);

[GrainType(NotificationKey.Kind)]
internal sealed class NotificationGrain(CoreHost host) : SharedActivation(host);

[GrainType(ApiKeyKey.Kind)]
internal sealed class ApiKeyGrain(CoreHost host) : GrainActivation(host);

[GrainType(PersonKey.Kind)]
internal sealed class PersonGrain(CoreHost host) : GrainActivation(host);

[GrainType(CustomerProgramKey.Kind)]
internal sealed class CustomerProgramGrain(CoreHost host) : GrainActivation(host);

[GrainType(EnrolmentKey.Kind)]
internal sealed class EnrolmentGrain(CoreHost host) : GrainActivation(host);

[GrainType(WearableStreamKey.Kind)]
internal sealed class WearableStreamGrain(CoreHost host) : GrainActivation(host);

[GrainType(SourceUserKey.Kind)]
internal sealed class SourceUserGrain(CoreHost host) : GrainActivation(host);

[GrainType(BlueprintKey.Kind)]
internal sealed class BlueprintGrain(CoreHost host) : GrainActivation(host);
