using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Sources;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Sources;

public sealed class SourceTests
{
    private static readonly DateTimeOffset Start = Story.Morning;
    private static readonly SourceMapping Mapping = new(DealId: "hubspot-{objectId}");
    private static readonly CreateSource Create = new("HubSpot", "hubspot-v3", Mapping, Secret("one"));
    private static readonly Story New = Story.Of(Source.Kind, "hubspot");
    private static readonly Story Created = New.Given(Create);

    [Fact]
    public void CreatingASource_KeepsItsSchemeMappingAndSecret() =>
        New.When(Create).Then(new SourceCreated("HubSpot", "hubspot-v3", Mapping, Secret("one")));

    [Fact]
    public void CreatingASourceAgain_IsRefused() => Created.When(Create).ThenRefused(Refusals.AlreadyExists, "id");

    [Fact]
    public void AnUnknownSource_RefusesEverythingElse()
    {
        New.When(new RotateSecret(Secret("two"), TimeSpan.FromHours(24))).ThenRefused(Refusals.NotFound);
        New.When(new ChangeMapping(Mapping)).ThenRefused(Refusals.NotFound);
        New.When(new ChangeSettings(Settings(("region", "eu", null)))).ThenRefused(Refusals.NotFound);
    }

    [Fact]
    public void RotatingTheSecret_LetsTheOldOneLiveForTheOverlap()
    {
        var rotated = Rotate(Created, hours: 1, "two");

        Secrets(rotated).ShouldBe([("two", null), ("one", Start.AddHours(25))]);
    }

    [Fact]
    public void RotatingTwiceWithinTheOverlap_NeverProlongsTheOldestSecret()
    {
        var rotated = Rotate(Rotate(Created, hours: 1, "two"), hours: 2, "three");

        Secrets(rotated).ShouldBe([("three", null), ("two", Start.AddHours(26)), ("one", Start.AddHours(25))]);
    }

    [Fact]
    public void RotatingAfterTheOverlap_ForgetsTheExpiredSecret()
    {
        var rotated = Rotate(Rotate(Created, hours: 1, "two"), hours: 25, "three");

        Secrets(rotated).Select(secret => secret.Hint).ShouldBe(["three", "two"]);
    }

    [Fact]
    public void RotatingWithoutOverlap_EndsTheOldSecretAtOnce()
    {
        var rotated = Created.After(TimeSpan.FromHours(1));

        var view = rotated.When(new RotateSecret(Secret("two", 1), TimeSpan.Zero)).Is<SourceView>();

        view.Secrets[1].ExpiresAt.ShouldBe(Start.AddHours(1));
    }

    [Fact]
    public void ChangingTheMapping_KeepsTheRest()
    {
        var mapping = new SourceMapping(Partner: "p-1");

        var view = Created.When(new ChangeMapping(mapping)).Then(new MappingChanged(mapping)).Is<SourceView>();

        (view.Mapping, view.Name, view.Secrets.Count).ShouldBe((mapping, "HubSpot", 1));
    }

    [Fact]
    public void CreatingASourceWithSettings_KeepsThem()
    {
        var settings = Settings(("region", "eu", null), ("token", "sealed-a", "a"));

        New.When(Create with { Settings = settings })
            .Then(new SourceCreated("HubSpot", "hubspot-v3", Mapping, Secret("one")), new SettingsChanged(settings))
            .Is<SourceView>()
            .Settings.ShouldBe(settings);
    }

    [Fact]
    public void ChangingTheSettings_RemovesWhatIsLeftOut_ButNeverASecret()
    {
        var before = Settings(("region", "eu", null), ("token", "sealed-a", "a"), ("window", "5", null));
        var changed = Settings(("window", "10", null));

        var view = Created
            .Given(new ChangeSettings(before))
            .When(new ChangeSettings(changed))
            .Then(new SettingsChanged(changed))
            .Is<SourceView>();

        view.Settings.ShouldBe(Settings(("token", "sealed-a", "a"), ("window", "10", null)));
        (view.Name, view.Mapping, view.Secrets.Count).ShouldBe(("HubSpot", Mapping, 1));
    }

    [Fact]
    public void ChangingASecretSetting_ReplacesIt()
    {
        var old = Settings(("token", "sealed-a", "a"));
        var next = Settings(("token", "sealed-b", "b"));

        var changed = Created.Given(new ChangeSettings(old)).When(new ChangeSettings(next));

        changed.Is<SourceView>().Settings.ShouldBe(next);
    }

    /// <summary>A hint stands beside the settings that are secret.</summary>
    private static SortedDictionary<string, SourceSetting> Settings(
        params (string Name, string Value, string? Hint)[] settings
    ) =>
        new(
            settings.ToDictionary(setting => setting.Name, setting => new SourceSetting(setting.Value, setting.Hint)),
            StringComparer.Ordinal
        );

    private static Story Rotate(Story source, int hours, string secret) =>
        source.At(Start.AddHours(hours)).Given(new RotateSecret(Secret(secret, hours), TimeSpan.FromHours(24)));

    private static IEnumerable<(string Hint, DateTimeOffset? ExpiresAt)> Secrets(Story source) =>
        ((SourceView)source.View!).Secrets.Select(secret => (secret.Hint, secret.ExpiresAt));

    private static SealedSecret Secret(string hint, int hours = 0) =>
        new($"sealed-{hint}", hint, Start.AddHours(hours));
}
