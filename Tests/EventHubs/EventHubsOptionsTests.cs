using EcosystemSilo.Silo.EventHubs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.EventHubs;

public sealed class EventHubsOptionsTests
{
    private const string Namespace =
        "Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=c2VjcmV0";

    private static readonly Dictionary<string, string?> Right = new(StringComparer.Ordinal)
    {
        ["Journal:Provider"] = "PostgreSql",
        ["EventHubs:ConnectionString"] = Namespace,
        ["EventHubs:Hub"] = "wearables",
        ["EventHubs:Ecosystem"] = "acme",
    };

    [Fact]
    public void WithoutAHub_NothingIsRead() => Read([]).ShouldBeNull();

    [Fact]
    public void AConnectionStringOfAHub_NeedsNoName()
    {
        var read = Read(
            new(Right) { ["EventHubs:Hub"] = null, ["EventHubs:ConnectionString"] = $"{Namespace};EntityPath=h" }
        );

        read.ShouldNotBeNull().HubName.ShouldBe("h");
        read.Namespace.ShouldBe("n.servicebus.windows.net");
        read.ConsumerGroup.ShouldBe("$Default");
    }

    [Fact]
    public void AnIdentity_NeedsNoConnectionString()
    {
        var read = Read(
            new(Right)
            {
                ["EventHubs:ConnectionString"] = null,
                ["EventHubs:FullyQualifiedNamespace"] = "n.servicebus.windows.net",
            }
        );

        read.ShouldNotBeNull().Namespace.ShouldBe("n.servicebus.windows.net");
    }

    [Theory]
    [InlineData("Journal:Provider", "Sqlite", "needs PostgreSQL")]
    [InlineData("EventHubs:ConnectionString", null, "One of EventHubs__ConnectionString and")]
    [InlineData("EventHubs:ConnectionString", "Endpoint=secret", "EventHubs__ConnectionString must be")]
    [InlineData("EventHubs:ConnectionString", "secret", "EventHubs__ConnectionString must be")]
    [InlineData(
        "EventHubs:FullyQualifiedNamespace",
        "n.servicebus.windows.net",
        "One of EventHubs__ConnectionString and"
    )]
    [InlineData("EventHubs:ConnectionString", $"{Namespace};EntityPath=other", "EventHubs__Hub must be the hub of")]
    [InlineData("EventHubs:Hub", null, "EventHubs__Hub must name the hub")]
    [InlineData("EventHubs:ConsumerGroup", "", "EventHubs__ConsumerGroup must be")]
    [InlineData("EventHubs:Ecosystem", null, "EventHubs__Ecosystem must name")]
    [InlineData("EventHubs:Ecosystem", "a b", "EventHubs__Ecosystem must name")]
    public void AWrongSetting_IsRefusedByItsName_AndNeverSaysTheSecret(string key, string? value, string sentence)
    {
        var refused = Should.Throw<OptionsValidationException>(() => Read(new(Right) { [key] = value }));

        refused.Message.ShouldContain(sentence);
        refused.Message.ShouldNotContain("secret");
        refused.Message.ShouldNotContain("c2VjcmV0");
    }

    private static EventHubsOptions? Read(Dictionary<string, string?> settings) =>
        EventHubsSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
