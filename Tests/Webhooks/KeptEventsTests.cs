using System.Text;
using System.Text.Json;
using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Webhooks;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Silo.Personal;
using EcosystemSilo.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

/// <summary>Events that did not become a command can be read for some months, and then by nobody.</summary>
public sealed class KeptEventsTests : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly MemoryJournal _journal;
    private readonly KeptEvents _events;

    public KeptEventsTests()
    {
        _journal = new MemoryJournal(new MemoryDisk(), _clock);
        _events = new KeptEvents(new SubjectBox(new SubjectKeys(_journal, new OpenSafe())), _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task WhatIsKept_ReadsBack_AndIsNotToBeReadInTheJournal()
    {
        var sent = await Keep("evt-1");

        sent.Body.ShouldNotContain("firstname");
        var kept = (await _events.Open(TestSilo.Acme, sent, Cancellation)).ShouldNotBeNull();
        kept.Body.ShouldBe("""{"firstname":"Ada"}""");
        kept.Headers["user-agent"].ShouldBe("crm/1");
    }

    [Fact]
    public async Task AnEventUnderAnothersId_DoesNotOpen()
    {
        var moved = (await Keep("evt-1")) with { EventId = "evt-2" };

        await Should.ThrowAsync<System.Security.Cryptography.CryptographicException>(async () =>
            await _events.Open(TestSilo.Acme, moved, Cancellation)
        );
    }

    [Fact]
    public async Task AnEventFromBeforeTheyWereEncrypted_ReadsAsItStands()
    {
        var old = (await Keep("evt-1")) with { Body = """{"a":1}""" };

        (await _events.Open(TestSilo.Acme, old, Cancellation)).ShouldNotBeNull().Body.ShouldBe("""{"a":1}""");
    }

    [Fact]
    public async Task AfterItsMonths_NobodyReadsItAnyMore_AndWhatCameLaterStays()
    {
        var sent = await Keep("evt-1");
        _clock.Advance(TimeSpan.FromDays(62));
        var later = await Keep("evt-2");
        using var end = new KeptEventsEnd(
            _events,
            new OneEcosystem(),
            new KeptEventsOptions { KeepMonths = 2 },
            _clock,
            NullLogger<KeptEventsEnd>.Instance
        );
        await end.StartAsync(Cancellation);
        (await _events.Open(TestSilo.Acme, sent, Cancellation)).ShouldNotBeNull("its months are not over");

        _clock.Advance(TimeSpan.FromDays(31));
        await Awaited.Until(
            async () => await _events.Open(TestSilo.Acme, sent, Cancellation) is null,
            "the end of the first month's events"
        );

        (await _events.Open(TestSilo.Acme, later, Cancellation)).ShouldNotBeNull();
        var again = new KeptEvents(new SubjectBox(new SubjectKeys(_journal, new OpenSafe())), _clock);
        (await again.Open(TestSilo.Acme, sent, Cancellation)).ShouldBeNull("the key is gone from the journal too");
        await end.StopAsync(Cancellation);
    }

    [Fact]
    public void HeadersThatProveSomething_AreNotKept()
    {
        var headers = new HeaderDictionary
        {
            ["Authorization"] = "Bearer s3cret",
            ["X-HubSpot-Signature-v3"] = "s3cret",
            ["X-Api-Key"] = "s3cret",
            ["X-Hmac-Sha256"] = "s3cret",
            ["X-Forwarded-For"] = "203.0.113.7",
            ["Cookie"] = "s3cret",
            ["webhook-id"] = "msg-1",
            ["webhook-signature"] = "s3cret",
            ["X-Request-Id"] = new string('r', 500),
            ["Content-Type"] = "application/json",
            ["Accept"] = "*/*",
        };

        var kept = KeptHeaders.Of(headers);

        kept.Keys.ShouldBe(["content-type", "webhook-id", "x-request-id"]);
        kept["x-request-id"].Length.ShouldBe(201);
    }

    private ValueTask<SenderEvent> Keep(string id) =>
        _events.Keep(
            new Arrival(
                TestSilo.Acme,
                new SourceId("crm"),
                new SourceView(
                    "CRM",
                    "standard-webhooks",
                    new SourceMapping(),
                    [],
                    new Dictionary<string, SourceSetting>()
                ),
                "c-1",
                new HeaderDictionary { ["User-Agent"] = "crm/1" }
            ),
            new InboundEvent(
                id,
                "contact.creation",
                OccurredAt: null,
                JsonElement.Parse("""{"firstname":"Ada"}"""),
                Encoding.UTF8.GetBytes("hash")
            ),
            Cancellation
        );

    private sealed class OneEcosystem : IEcosystems
    {
        public IReadOnlyList<EcosystemId> All => [TestSilo.Acme];

        public bool Knows(EcosystemId ecosystem) => true;
    }
}
