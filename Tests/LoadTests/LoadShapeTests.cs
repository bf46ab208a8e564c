using System.Text;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Scenarios;
using Shouldly;
using Xunit;
using SignedDeliveries = EcosystemSilo.LoadTests.Generator.Deliveries;

namespace EcosystemSilo.Tests.LoadTests;

/// <summary>A run must be able to send what it is asked for, and say so beforehand when it is not.</summary>
public sealed class LoadShapeTests
{
    private static readonly SourceAddress Source = new("s", "http://127.0.0.1:5080/hooks/acme/s", "whsec_c2VjcmV0");

    [Theory]
    [InlineData(200.0, 600, null)]
    [InlineData(2_000.0, 600, "1,200,000 requests")]
    [InlineData(null, 60, null)]
    [InlineData(null, 600, "give a --rate")]
    public void ARunThatCannotBeSentAsAskedFor_IsRefused(double? perSecond, int seconds, string? fault)
    {
        var shape = new LoadShape(256, TimeSpan.Zero, TimeSpan.FromSeconds(seconds), perSecond);

        (shape.Fault ?? "").ShouldContain(fault ?? "");
        (shape.Fault is null).ShouldBe(fault is null);
    }

    /// <summary>A signature holds for five minutes: one made at the start would be refused in a long run.</summary>
    [Fact]
    public void InAnOpenLoop_ADeliveryIsSignedForTheTimeItIsDue()
    {
        var deliveries = SignedDeliveries.Sign(Source, 1_201, TimeProvider.System, number => ($"id-{number}", "{}"), 2);

        (Timestamp(deliveries[1_200]) - Timestamp(deliveries[0])).ShouldBe(600);
    }

    [Fact]
    public void InAClosedLoop_DeliveriesAreSignedForNow()
    {
        var deliveries = SignedDeliveries.Sign(Source, 1_201, TimeProvider.System, number => ($"id-{number}", "{}"));

        Timestamp(deliveries[1_200]).ShouldBe(Timestamp(deliveries[0]));
    }

    [Fact]
    public async Task AServersRuntime_TellsWhatTheServerAllocates()
    {
        using var folder = new TemporaryFolder();
        await using var server = new PeerProcess("none");
        RuntimeFigures.Watch(server, folder.File("runtime"));
        await server.Start();
        var before = RuntimeFigures.Of(folder.File("runtime"));

        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        for (var asked = 0; asked < 200; asked++)
        {
            (await client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }

        var used = RuntimeFigures.Of(folder.File("runtime")) - before;
        used.AllocatedBytes.ShouldBeGreaterThan(0);
        used.Gen0.ShouldBeGreaterThanOrEqualTo(0);
    }

    private static long Timestamp(ReadOnlyMemory<byte> request)
    {
        const string Name = "webhook-timestamp: ";
        var text = Encoding.ASCII.GetString(request.Span);
        var from = text.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        return long.Parse(text[from..text.IndexOf("\r\n", from, StringComparison.Ordinal)]);
    }
}
