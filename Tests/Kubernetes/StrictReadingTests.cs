using Shouldly;
using Xunit;
using YamlDotNet.Core;

namespace EcosystemSilo.Tests.Kubernetes;

/// <summary>Every document that an operator applies is one that Kubernetes knows in all its fields.</summary>
public sealed class StrictReadingTests
{
    [Fact]
    public void TheOverlays_AreTheThreeThatAreDocumented() =>
        Overlay.Names.ShouldBe(["cluster", "event-hubs", "single"]);

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void AnOverlay_IsRendered_AndReadStrictly(string name) => Overlay.Of(name).Objects.ShouldNotBeEmpty();

    /// <summary>Otherwise the test above could not fail.</summary>
    [Theory]
    [InlineData("readinessProbe:", "readynessProbe:")]
    [InlineData("terminationGracePeriodSeconds:", "terminationGracePeriod:")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: maybe")]
    [InlineData("podSelector:", "podSelectors:")]
    [InlineData("kind: StatefulSet", "kind: StatefullSet")]
    public void AMisspeltWord_IsCaught(string word, string misspelt)
    {
        var text = Overlay.Of("single").Text;
        text.ShouldContain(word);

        Should
            .Throw<Exception>(() => Overlay.Read(text.Replace(word, misspelt, StringComparison.Ordinal)))
            .ShouldBeAssignableTo<Exception>()
            .ShouldSatisfyAllConditions(fault =>
                (
                    fault is YamlException or KeyNotFoundException or InvalidCastException or ArgumentException
                ).ShouldBeTrue($"{fault}")
            );
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void NothingIsAppliedTwice_AndAllIsInOneNamespace(string name)
    {
        var objects = Overlay.Of(name).Objects;

        objects.Select(it => $"{it.Kind}/{it.Metadata.Name}").ShouldBeUnique();
        objects
            .Where(it => it.Kind != "Namespace")
            .Select(it => it.Metadata.NamespaceProperty)
            .Distinct()
            .ShouldBe([objects.Single(it => it.Kind == "Namespace").Metadata.Name]);
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void NoSecret_IsWrittenDown(string name) =>
        Overlay.Of(name).Objects.Where(it => it.Kind == "Secret").ShouldBeEmpty();
}
