using System.Net;
using EcosystemSilo.Tests.Engines;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

/// <summary>Senders hang up after a few seconds, whatever their delivery waits for.</summary>
public sealed class DeliveryPatienceTests
{
    private const string Body = """
        {"type":"partner.registered","timestamp":"2026-11-21T12:00:00Z",
        "data":{"partner":"p-late","name":"Late Clinic","category":"medical-device"} }
        """;

    [Fact]
    public async Task ADeliveryThatIsNotTakenInTime_IsAnswered503_GoesOn_AndIsARepeatWhenItIsSentAgain()
    {
        var calls = new WatchedCalls();
        await using var gateway = new RunningGateway().With(services =>
            services.AddSingleton<IIncomingGrainCallFilter>(calls)
        );
        var sender = await gateway.CreateSource("standard-webhooks");
        using var client = gateway.Client(apiKey: null);
        calls.Watch("msg-late", losesFirstReply: true);

        using var late = await sender.Send(client, Body, "msg-late");
        calls.Find();
        using var again = await sender.Send(client, Body, "msg-late");

        late.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        late.Headers.RetryAfter.ShouldNotBeNull();
        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("repeated");
    }
}
