using EcosystemSilo.Grains.Endpoints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Endpoints;

public sealed class EndpointTests
{
    private const string Url = "https://crm.example.org/hooks";
    private static readonly DateTimeOffset Start = Story.Morning;
    private static readonly EndpointSettings Settings = new(Url, null, [], null, SendOrder.Unordered, null);
    private static readonly CreateEndpoint Create = new(Settings, Secret("one"));
    private static readonly Story New = Story.Of(Endpoint.Kind, "crm");
    private static readonly Story Created = New.Given(Create);
    private static readonly Story Disabled = Created.Given(new DisableEndpoint());
    private static readonly Story Deleted = Created.Given(new DeleteEndpoint());

    public static TheoryData<string, string, string, string, string> EveryCommand =>
        new()
        {
            // command, of nothing, active, disabled, deleted
            { nameof(CreateEndpoint), "endpoint.created", "!already-exists", "!already-exists", "!already-exists" },
            { nameof(ChangeEndpoint), "!not-found", "endpoint.changed", "endpoint.changed", "!not-found" },
            {
                nameof(RotateEndpointSecret),
                "!not-found",
                "endpoint.secret-rotated",
                "endpoint.secret-rotated",
                "!not-found"
            },
            { nameof(DisableEndpoint), "!not-found", "endpoint.disabled", "nothing", "!not-found" },
            { nameof(EnableEndpoint), "!not-found", "nothing", "endpoint.enabled", "!not-found" },
            { nameof(DeleteEndpoint), "!not-found", "endpoint.deleted", "endpoint.deleted", "nothing" },
            { nameof(NoteFailure), "!not-found", "endpoint.failing", "endpoint.failing", "!not-found" },
            { nameof(NoteSuccess), "!not-found", "nothing", "nothing", "!not-found" },
            { nameof(NoteCaughtUp), "!not-found", "nothing", "nothing", "!not-found" },
        };

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void EveryCommandInEveryStatus(string command, string ofNothing, string active, string disabled, string gone)
    {
        ICommand asked = command switch
        {
            nameof(CreateEndpoint) => Create,
            nameof(ChangeEndpoint) => new ChangeEndpoint(Settings),
            nameof(RotateEndpointSecret) => new RotateEndpointSecret(Secret("two"), TimeSpan.FromHours(1)),
            nameof(DisableEndpoint) => new DisableEndpoint(),
            nameof(EnableEndpoint) => new EnableEndpoint(),
            nameof(DeleteEndpoint) => new DeleteEndpoint(),
            nameof(NoteFailure) => new NoteFailure(Start, 500),
            nameof(NoteSuccess) => new NoteSuccess(Start),
            _ => new NoteCaughtUp(),
        };

        New.When(asked).ToString().ShouldBe(ofNothing);
        Created.When(asked).ToString().ShouldBe(active);
        Disabled.When(asked).ToString().ShouldBe(disabled);
        Deleted.When(asked).ToString().ShouldBe(gone);
    }

    [Fact]
    public void RotatingTheSecret_LetsTheOldOneSignForTheOverlap() =>
        Created
            .After(TimeSpan.FromHours(1))
            .When(new RotateEndpointSecret(Secret("two", hours: 1), TimeSpan.FromHours(24)))
            .Is<EndpointView>()
            .Secrets.Select(secret => (secret.Hint, secret.ExpiresAt))
            .ShouldBe([("two", null), ("one", Start.AddHours(25))]);

    [Fact]
    public void RotatingWhileManySecretsSign_IsRefused()
    {
        var story = Created;
        for (var secrets = 1; secrets < EndpointLimits.SecretsMax; secrets++)
        {
            story = story.Given(new RotateEndpointSecret(Secret("more"), TimeSpan.FromHours(24)));
        }

        var next = new RotateEndpointSecret(Secret("more"), TimeSpan.FromHours(24));
        story.When(next).ThenRefused(Refusals.StatusForbids);
        story.After(TimeSpan.FromHours(24)).When(next).Accepted();
    }

    [Fact]
    public void FailingForFiveDays_DisablesTheEndpoint()
    {
        var failing = Created.Given(new NoteFailure(Start, 500));

        failing.When(new NoteFailure(Start.AddDays(5).AddTicks(-1), 500)).ThenNothing();
        var late = Start.AddDays(5);
        failing
            .At(late)
            .When(new NoteFailure(late, null))
            .Then(new EndpointDisabled(DisabledReason.Failing, Url, late));
    }

    [Fact]
    public void ASuccessInBetween_BeginsTheFiveDaysAnew()
    {
        var recovered = Created.Given(new NoteFailure(Start, 500), new NoteSuccess(Start.AddDays(4)));

        var later = Start.AddDays(6);
        recovered.At(later).When(new NoteFailure(later, 500)).Then(new EndpointFailing(later, 500));
    }

    [Fact]
    public void AnAnswerOfGone_DisablesTheEndpointAtOnce() =>
        Created
            .When(new NoteFailure(Start, 410))
            .Then(new EndpointFailing(Start, 410), new EndpointDisabled(DisabledReason.Gone, Url, Start));

    [Fact]
    public void Enabling_RecoversWhatWasMissedSinceItBeganToFail()
    {
        var disabled = Created
            .Given(new NoteFailure(Start, 500))
            .After(TimeSpan.FromDays(2))
            .Given(new DisableEndpoint());

        var enabled = disabled.When(new EnableEndpoint()).Then(new EndpointEnabled(Start)).Is<EndpointView>();
        enabled.CatchingUpSince.ShouldBe(Start);
        enabled.FailingSince.ShouldBeNull();
        enabled.Status.ShouldBe(EndpointStatus.Active);

        var since = Start.AddDays(1);
        disabled.When(new EnableEndpoint(since)).Then(new EndpointEnabled(since));
    }

    [Fact]
    public void DisablingWhileItCatchesUp_LosesNothing()
    {
        var again = Disabled.Given(new EnableEndpoint()).After(TimeSpan.FromDays(1)).Given(new DisableEndpoint());

        again.When(new EnableEndpoint()).Then(new EndpointEnabled(Start));
    }

    [Fact]
    public void HavingCaughtUp_IsNotedOnce()
    {
        var caughtUp = Disabled.Given(new EnableEndpoint(), new NoteCaughtUp());

        caughtUp.When(new NoteCaughtUp()).ThenNothing();
        ((EndpointView)caughtUp.View!).CatchingUpSince.ShouldBeNull();
    }

    [Fact]
    public void ADeletedEndpoint_ForgetsItsSecrets() =>
        Created.When(new DeleteEndpoint()).Is<EndpointView>().Secrets.ShouldBeEmpty();

    private static SealedSecret Secret(string hint, int hours = 0) => new("c2VhbGVk", hint, Start.AddHours(hours));
}
