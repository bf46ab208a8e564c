using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.SourceUsers;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Tests.Frozen;

/// <summary>What goes between processes: the outcomes of calls, and the view of each kind.</summary>
internal static partial class FrozenSamples
{
    public static IReadOnlyList<object> Outcomes =>
        [
            new Accepted(DealKey.Of(new EcosystemId("acme"), Deal), 7, Repeated: true),
            new Refused(new Refusal(Refusals.Invalid, "The name is empty.", "name")),
            new Unavailable("The journal did not answer."),
            new Overloaded("acme/deal/d-1 has 1024 commands waiting; try again soon."),
            new RunAgain(Conflicted: true),
            new Failed("A bug."),
        ];

    /// <summary>Each is what the sample events of these types lead to.</summary>
    public static IReadOnlyList<object> Views =>
        [
            View(PartnerKey.Kind, typeof(PartnerRegistered), typeof(PhaseEntered), typeof(ItemCompleted)),
            View(DealKey.Kind, typeof(DealRegistered), typeof(PhaseEntered)),
            View(AccountKey.Kind, typeof(AccountProtected), typeof(ClaimQueued)),
            View(SourceKey.Kind, typeof(SourceCreated), typeof(SettingsChanged)),
            View(DeliveryKey.Kind, typeof(DeliveryBuried)),
            View(EndpointKey.Kind, typeof(EndpointCreated)),
            View(NotificationKey.Kind, typeof(NotificationCreated)),
            View(ApiKeyKey.Kind, typeof(ApiKeyIssued), typeof(ApiKeyRevoked)),
            View(PersonKey.Kind, typeof(PersonRegistered), typeof(ConsentGranted)),
            View(CustomerProgramKey.Kind, typeof(ProgramCreated), typeof(PhaseEntered)),
            View(EnrolmentKey.Kind, typeof(EnrolmentStarted)),
            View(WearableStreamKey.Kind, typeof(StreamOpened), typeof(PhaseEntered)),
            View(SourceUserKey.Kind, typeof(UserLinked)),
            View(BlueprintKey.Kind, typeof(BlueprintPublished)),
        ];

    public static IEnumerable<object> All => [.. Events, .. Commands, .. Outcomes, .. Views];

    private static IView View(string kind, params Type[] events)
    {
        var grain = GrainKinds.All.Single(one => one.Name == kind);
        return events
            .Select(type => (IEvent)Events.First(sample => sample.GetType() == type))
            .Aggregate((IView?)null, grain.Apply)!;
    }
}
