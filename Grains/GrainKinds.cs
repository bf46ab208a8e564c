using System.Collections.Frozen;
using EcosystemSilo.Grains.Accounts;
using EcosystemSilo.Grains.ApiKeys;
using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.CustomerPrograms;
using EcosystemSilo.Grains.Deals;
using EcosystemSilo.Grains.Deliveries;
using EcosystemSilo.Grains.Endpoints;
using EcosystemSilo.Grains.Enrolments;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Notifications;
using EcosystemSilo.Grains.Partners;
using EcosystemSilo.Grains.People;
using EcosystemSilo.Grains.Sources;
using EcosystemSilo.Grains.SourceUsers;
using EcosystemSilo.Grains.WearableStreams;

namespace EcosystemSilo.Grains;

/// <summary>Every kind of grain there is. A new kind is one more folder and one more entry here.</summary>
public static class GrainKinds
{
    private static readonly FrozenDictionary<string, IGrainKind> ByName = new IGrainKind[]
    {
        Partner.Kind,
        Deal.Kind,
        Account.Kind,
        Source.Kind,
        Delivery.Kind,
        Endpoint.Kind,
        Notification.Kind,
        ApiKey.Kind,
        Person.Kind,
        CustomerProgram.Kind,
        Enrolment.Kind,
        WearableStream.Kind,
        SourceUser.Kind,
        BlueprintGrain.Kind,
    }.ToFrozenDictionary(kind => kind.Name);

    public static IEnumerable<IGrainKind> All => ByName.Values;

    public static IGrainKind Of(GrainKey key) =>
        ByName.TryGetValue(key.Kind, out var kind)
            ? kind
            : throw new InvalidOperationException($"There is no grain kind '{key.Kind}' (asked for {key}).");
}
