using System.Text;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.LoadTests.EventHubs;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.EventHubs;

/// <summary>One silo and one broker, shared by the stories in which both stay.</summary>
public sealed class SharedHub(PostgresServer postgres) : IAsyncLifetime
{
    private HubSilo? _silo;

    internal HubSilo Silo => _silo.ShouldNotBeNull();

    internal SourceId Phones { get; private set; }

    internal SourceId Partners { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _silo = await HubSilo.Start(await postgres.NewDatabase());
        Phones = await _silo.Source("phones", "healthkit");
        Partners = await _silo.Source("partners", "standard-webhooks");
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null)
        {
            await _silo.DisposeAsync();
        }
    }
}

/// <summary>What messages of an event hub become.</summary>
public sealed class HubTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private readonly HubSilo _silo = shared.Silo;

    [Fact]
    public async Task ABatchOfAPerson_IsInTheirStream()
    {
        var stream = await _silo.Person("ann", shared.Phones);

        _silo.Send(HubEvents.HeartRates(shared.Phones, "ann", first: 0, count: 30));

        await _silo.Silo.Until<WearableStreamView>(
            stream,
            view => view.Of(Measure.HeartRate)?.Samples == 30,
            "30 heart rates of ann"
        );
    }

    [Fact]
    public async Task BatchesOfAPerson_AreTakenInTheirOrder()
    {
        var stream = await _silo.Person("ben", shared.Phones);

        for (var batch = 0; batch < 40; batch++)
        {
            _silo.Send(HubEvents.HeartRates(shared.Phones, "ben", first: batch * 10, count: 10));
        }

        await _silo.Silo.Until<WearableStreamView>(
            stream,
            view => view.Of(Measure.HeartRate)?.Samples == 400,
            "400 heart rates of ben"
        );
        var stored = (await _silo.Silo.Events(stream)).Where(e => e.Name == "stream.samples-stored").ToArray();
        var places = stored.Select(e => long.Parse(e.Correlation.Split('/', '@')[1])).ToArray();
        places.Length.ShouldBe(40);
        places.ShouldBeInOrder(SortDirection.Ascending);
    }

    [Fact]
    public async Task NativeEventsOfAPartner_RegisterADealAndMoveIt()
    {
        var deal = DealKey.Of(TestSilo.Acme, new DealId("d-1"));

        Send(
            "partner.registered",
            new
            {
                partner = "p-1",
                name = "St Mary",
                category = "medical-device",
            }
        );
        Send(
            "deal.registered",
            new
            {
                deal = "d-1",
                partner = "p-1",
                product = "enterprise",
                customer = new { name = "Hospital", domain = "hospital.example.org" },
            }
        );
        Send("deal.lost", new { deal = "d-1", reason = "price" });

        await _silo.Silo.Until<DealView>(deal, view => view.Status == DealStatus.Lost, "the deal to be lost");

        void Send(string type, object data) =>
            _silo.Send(HubEvents.Native(shared.Partners, type, data, key: "partner-1"));
    }

    [Fact]
    public async Task TheSameEventTwice_HasOneEffect_AndAnotherUnderItsIdIsADeadLetter()
    {
        var partner = PartnerKey.Of(TestSilo.Acme, new PartnerId("p-2"));
        var registered = HubEvents.Native(
            shared.Partners,
            "partner.registered",
            new
            {
                partner = "p-2",
                name = "Clinic",
                category = "medical-device",
            },
            id: "evt-1",
            key: "p-2"
        );
        var other = HubEvents.Native(
            shared.Partners,
            "partner.registered",
            new
            {
                partner = "p-2",
                name = "Another",
                category = "medical-device",
            },
            id: "evt-1",
            key: "p-2"
        );

        _silo.Send(registered);
        _silo.Send(registered);
        var letter = await _silo.DeadLetter(_silo.Send(other));

        (await _silo.Silo.Events(partner)).Count(e => e.Name == "partner.registered").ShouldBe(1);
        (await _silo.Silo.Read<PartnerView>(partner)).View.Name.ShouldBe("Clinic");
        letter.Reason.ShouldNotBeNull().Code.ShouldBe(Refusals.IdReused);
    }

    [Fact]
    public async Task OfAUserThatNobodyConnected_NothingIsKeptButACount()
    {
        var sent = _silo.Send(HubEvents.HeartRates(shared.Phones, "nobody", first: 0, count: 3));

        await Awaited.Until(
            async () =>
                (
                    await _silo.Sql(
                        "SELECT convert_from(payload, 'UTF8') FROM events WHERE name = 'delivery.refused' "
                            + "AND correlation LIKE $1",
                        $"hub:{sent.Partition}/{sent.Sequence}@%"
                    )
                )
                    is [var refused]
                && refused.Contains("user-unknown"),
            "the refusal of nobody's samples to be counted"
        );
    }

    [Theory]
    [InlineData("malformed", "{\"type\":", "json.malformed")]
    [InlineData("no type", "{\"data\":{}}", "webhook.body-malformed")]
    [InlineData("no partner", "{\"type\":\"partner.registered\",\"data\":{}}", "field-missing")]
    public async Task AMessageThatCannotBeRead_IsADeadLetterWithItsReason_AndTheNextIsTaken(
        string what,
        string body,
        string code
    )
    {
        var sent = _silo.Send(HubEvents.Of(shared.Partners, body, key: "poison"));
        var after = HubEvents.Native(
            shared.Partners,
            "partner.registered",
            new
            {
                partner = $"after-{sent.Sequence}",
                name = what,
                category = "medical-device",
            },
            key: "poison"
        );
        _silo.Send(after);

        await _silo.Silo.Until<PartnerView>(
            PartnerKey.Of(TestSilo.Acme, new PartnerId($"after-{sent.Sequence}")),
            view => view.Name == what,
            "the partner of the message behind it"
        );
        var letter = await _silo.DeadLetter(sent);
        letter.Source.ShouldBe(shared.Partners);
        letter.Reason.ShouldNotBeNull().Code.ShouldEndWith(code);
    }

    [Fact]
    public async Task AMessageThatIsTooLarge_IsADeadLetter_AndNothingOfItIsHeld()
    {
        var body = new byte[1024 * 1024 + 1];
        Array.Fill(body, (byte)'x');

        var letter = await _silo.DeadLetter(
            _silo.Send(HubEvents.Of(shared.Partners, Encoding.ASCII.GetString(body), key: "large"))
        );

        letter.Reason.ShouldNotBeNull().Code.ShouldBe("event-hub.message-invalid");
        letter.Reason.Message.ShouldContain("1048577");
        letter.Event.ShouldNotBeNull().Body.Length.ShouldBeLessThan(1_000);
    }

    [Theory]
    [InlineData("nothing", null, "event-hub.source-unknown")]
    [InlineData("no id", "no source!", "event-hub.source-unknown")]
    [InlineData("unknown", "stranger", "event-hub.source-unknown")]
    [InlineData("not allowed", "closed", "event-hub.hub-not-allowed")]
    [InlineData("another's hub", "elsewhere", "event-hub.hub-not-allowed")]
    [InlineData("no form for a hub", "strava", "webhook.not-by-hub")]
    public async Task AMessageOfASourceThatDoesNotTakeIt_IsADeadLetter(string what, string? source, string code)
    {
        what.ShouldNotBeEmpty();
        if (source is "closed" or "elsewhere" or "strava")
        {
            var hub = source switch
            {
                "closed" => null,
                "elsewhere" => "other",
                _ => HubSilo.Hub,
            };
            await _silo.Source(source, source == "strava" ? "strava" : "standard-webhooks", hub);
        }

        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        if (source is not null)
        {
            properties["source"] = source;
        }

        var letter = await _silo.DeadLetter(
            _silo.Send(new HubEvent("{}"u8.ToArray(), PartitionKey: "k") { Properties = properties })
        );

        letter.Reason.ShouldNotBeNull().Code.ShouldBe(code);
        letter.Reason.Field.ShouldBe("source");
        letter.Source.Value.ShouldBe(source is null or "no source!" ? "event-hub" : source);
    }

    [Fact]
    public async Task AMessageOfAnotherEcosystem_IsADeadLetterOfTheHubsOwn()
    {
        var sent = HubEvents.Of(shared.Partners, "{}") with
        {
            Properties = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["source"] = "partners",
                ["ecosystem"] = "purposeful-live",
            },
        };

        var letter = await _silo.DeadLetter(_silo.Send(sent));

        letter.Reason.ShouldNotBeNull().Code.ShouldBe("event-hub.ecosystem-foreign");
    }

    [Fact]
    public async Task AMessageThatMeetsABug_IsTriedAFewTimes_AndThenADeadLetter()
    {
        var odd = new SourceId("odd");
        var key = SourceKey.Of(TestSilo.Acme, odd);
        var settings = new Dictionary<string, SourceSetting>(StringComparer.Ordinal)
        {
            ["eventHub"] = new SourceSetting(HubSilo.Hub),
        };
        var secret = new SealedSecret("", "", DateTimeOffset.UnixEpoch);
        // Nothing that can be reached by configuration makes a source of a scheme that does not exist.
        await _silo.Silo.Accept(key, new CreateSource("Odd", "no-scheme", new SourceMapping(), secret, settings));

        var letter = await _silo.DeadLetter(_silo.Send(HubEvents.Of(odd, "{}", key: "odd")));

        letter.Reason.ShouldNotBeNull().Code.ShouldBe("event-hub.handling-failed");
    }

    [Fact]
    public async Task TheLag_EndsWhenTheJournalHasEverything_AndThePlaceIsSaved()
    {
        var sent = _silo.Send(HubEvents.Of(shared.Partners, "{}", key: "lag"));
        await _silo.DeadLetter(sent);

        await Awaited.Until(
            async () =>
                _silo.Read.All.Single(partition => partition.Partition == $"{sent.Partition}").Lag == 0
                && (
                    await _silo.Sql(
                        "SELECT sequence FROM event_hub_checkpoints WHERE partition = $1",
                        $"{sent.Partition}"
                    )
                )
                    is [var saved]
                && long.Parse(saved) >= sent.Sequence,
            "no lag, and the place of the newest message to be saved"
        );
        _silo.Health.IsGood.ShouldBeTrue();
    }

    [Fact]
    public async Task WhatOrleansKeeps_IsARowAPartition()
    {
        await Awaited.Until(
            async () => (await _silo.Sql("SELECT GrainIdExtensionString FROM OrleansStorage")).Count > 0,
            "Orleans to keep who reads a partition"
        );

        var kept = await _silo.Sql("SELECT GrainTypeString FROM OrleansStorage");

        kept.Count.ShouldBeLessThanOrEqualTo(HubSilo.Partitions);
        kept.ShouldAllBe(type => type.Contains("pubsubrendezvous", StringComparison.OrdinalIgnoreCase));
    }
}
