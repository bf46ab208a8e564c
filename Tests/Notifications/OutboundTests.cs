using System.Collections.Concurrent;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;
using static EcosystemSilo.Tests.Notifications.OutboundSilo;

namespace EcosystemSilo.Tests.Notifications;

/// <summary>Endpoints are told what they chose, each at its own pace, whatever happens to the process.</summary>
public sealed class OutboundTests
{
    private readonly MemoryDisk _disk = new();
    private readonly ScriptedCarrier _carrier = new(TimeProvider.System);

    [Fact]
    public async Task AnEvent_IsToldToEveryEndpointThatWantsIt_AndToNoOther()
    {
        await using var silo = await OutboundSilo.Start(_disk, _carrier);
        await silo.Create("all");
        await silo.Create("registered", types: "deal.registered");
        await silo.Create("partners", types: "partner.*");
        await silo.Create("hers", partner: "p-1");
        await silo.Create("theirs", partner: "p-2");

        await silo.Register("d-1", partner: "p-1");
        await silo.Change("d-1", 500);

        await Until(() => _carrier.To("all").Any(IsChange) && _carrier.To("hers").Any(IsChange), "the change");
        // What happens after it and is for the others: by the time they are told of it, nothing else is on its way.
        await silo.Register("d-2", partner: "p-2");
        await silo.Accept(
            PartnerKey.Of(TestSilo.Acme, new PartnerId("p-2")),
            new RegisterPartner("St Mary", new CategoryId("medical-device"))
        );
        await Until(
            () => new[] { "registered", "theirs" }.All(name => _carrier.To(name).Any(told => Id(told) == "d-2")),
            "the second deal to be told"
        );
        await Until(() => _carrier.To("partners").Count > 0, "the partner to be told");

        _carrier.To("registered").Select(told => told.Type).ShouldBe(["deal.registered", "deal.registered"]);
        _carrier.To("partners").Select(Id).Distinct().ShouldBe(["p-2"]);
        _carrier.To("theirs").Select(Id).ShouldNotContain("d-1");
        _carrier.To("hers").Select(Id).ShouldNotContain("d-2");
        var change = JsonElement.Parse(_carrier.To("hers").Single(IsChange).Body);
        change.GetProperty("data").GetProperty("id").GetString().ShouldBe("d-1");
        change.GetProperty("data").GetProperty("amount").GetProperty("minor").GetInt64().ShouldBe(500);
    }

    [Fact]
    public async Task WhatHappenedBeforeAnEndpointWasCreated_IsNotTold()
    {
        await using var silo = await OutboundSilo.Start(_disk, _carrier);
        await silo.Register("d-1");
        await silo.Create("crm", types: "deal.registered");
        await silo.Register("d-2");

        await Until(() => _carrier.All.Count > 0, "the second deal");
        Ids(_carrier.All).ShouldBe(["d-2"]);
    }

    /// <summary>Whoever had the lease before may save once more, not knowing that it is lost.</summary>
    [Fact]
    public async Task RowsThatAreSavedWhileTheyAreRead_AreNotMixedWithAnOlderCheckpoint()
    {
        var (rows, checkpoint) = (new ConcurrentDictionary<string, ReaderRow>(StringComparer.Ordinal), 0L);
        var first = new WatchedJournal(new MemoryJournal(_disk, TimeProvider.System))
        {
            Saves = progress =>
            {
                if (progress.Reader != "outbound")
                {
                    return true;
                }

                progress.Rows.ToList().ForEach(row => rows[row.Key] = row);
                checkpoint = progress.Checkpoint;
                return false;
            },
        };
        await using (var before = await OutboundSilo.Start(first, _carrier))
        {
            await before.Create("crm", types: "deal.registered");
            await before.Register("d-1");
            await Until(() => _carrier.To("crm").Count > 0, "the first deal");
        }

        rows.ShouldNotBeEmpty("what was followed is saved when the silo stops");
        ReaderProgress? late = new("outbound", checkpoint, [.. rows.Values]);
        var second = new WatchedJournal(new MemoryJournal(_disk, TimeProvider.System));
        second.AfterReadCheckpoint = reader =>
            reader == "outbound" && Interlocked.Exchange(ref late, null) is { } progress
                ? second.SaveReader(progress, CancellationToken.None)
                : Task.CompletedTask;
        await using var after = await OutboundSilo.Start(second, _carrier);
        await after.Register("d-2");

        await Until(() => Ids(_carrier.To("crm")).Contains("d-2"), "the second deal");
        late.ShouldBeNull();
    }

    [Fact]
    public async Task AnEndpointThatHangs_HoldsUpNoOther()
    {
        _carrier.Answer = async (carried, over) =>
        {
            if (carried.Endpoint == "hanging")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, over);
            }

            return 204;
        };
        await using var silo = await OutboundSilo.Start(_disk, _carrier);
        await silo.Create("hanging", types: "deal.registered");
        await silo.Create("well", types: "deal.registered");
        for (var n = 0; n < 30; n++)
        {
            await silo.Register($"d-{n}");
        }

        await Until(() => _carrier.To("well").Count == 30, "all deals at the endpoint that is well");
        _carrier.To("hanging").Count.ShouldBe(4, "so many at a time");
    }

    [Fact]
    public async Task InOrder_TheNextOfAGrainWaits_WhileOthersGo()
    {
        var refuses = true;
        _carrier.Answer = (carried, _) =>
            Task.FromResult<int?>(Volatile.Read(ref refuses) && Id(carried) == "d-1" ? 500 : 204);
        await using var silo = await OutboundSilo.Start(_disk, _carrier);
        await silo.Create("crm", order: SendOrder.Fifo, types: ["deal.registered", "deal.amount-changed"]);
        await silo.Register("d-1");
        await Until(() => _carrier.All.Count == 1, "the first attempt");
        for (var amount = 1; amount <= 5; amount++)
        {
            await silo.Change("d-1", amount);
        }

        await silo.Register("d-2");
        await Until(() => Ids(_carrier.All).Contains("d-2"), "the other deal");
        _carrier.All.Where(told => Id(told) == "d-1").ShouldAllBe(told => told.Type == "deal.registered");

        Volatile.Write(ref refuses, false);
        await Until(() => _carrier.All.Count(IsChange) == 5, "what waited");
        _carrier.All.Where(IsChange).Select(Amount).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task AFailedAttempt_IsMadeAgain_ByteForByteAndUnderTheSameId()
    {
        _carrier.Answer = (_, _) => Task.FromResult<int?>(_carrier.All.Count == 1 ? 503 : 200);
        await using var silo = await OutboundSilo.Start(_disk, _carrier);
        await silo.Create("crm", types: "deal.registered");
        await silo.Register("d-1");

        await Until(() => _carrier.All.Count == 2, "the second attempt, after about 5 s");
        var (first, second) = (_carrier.All[0], _carrier.All[1]);
        (second.Body, second.Event).ShouldBe((first.Body, first.Event));
        (second.At - first.At).ShouldBeGreaterThan(TimeSpan.FromSeconds(3.5));
        var told = await silo.Until<NotificationView>(
            Notification("crm", first),
            notification => notification.Status == NotificationStatus.Delivered,
            "delivery"
        );
        told.Log.Select(attempt => attempt.Status).ShouldBe([503, 200]);
    }

    [Fact]
    public async Task AProcessThatDiesInTheMiddleOfAnAttempt_LeavesItToTheNext()
    {
        _carrier.Answer = async (_, over) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, over);
            return 204;
        };
        await using (var before = await OutboundSilo.Start(_disk, _carrier))
        {
            await before.Create("crm", types: "deal.registered");
            for (var n = 0; n < 20; n++)
            {
                await before.Register($"d-{n}");
            }

            await Until(() => _carrier.All.Count > 0, "an attempt under way");
        }

        var next = new ScriptedCarrier(TimeProvider.System);
        await using var after = await OutboundSilo.Start(_disk, next);

        await Until(() => next.All.Count >= 20, "all of them");
        Ids(next.All).Distinct().Count().ShouldBe(20);
        await Delivered(after, next.All);
        next.All.Count.ShouldBe(20, "none twice");
    }

    [Fact]
    public async Task ARestart_TellsNothingTwice()
    {
        await using (var before = await OutboundSilo.Start(_disk, _carrier))
        {
            await before.Create("crm", types: "deal.registered");
            await before.Register("d-1");
            await Until(() => _carrier.All.Count == 1, "the first deal");
            await Delivered(before, _carrier.All);
        }

        await using var after = await OutboundSilo.Start(_disk, _carrier);
        foreach (var deal in new[] { "d-2", "d-3" })
        {
            await after.Register(deal);
            await Until(
                () => Ids(_carrier.All).Contains(deal),
                $"{deal} to be told, behind what was to be told before"
            );
        }

        Ids(_carrier.All).ShouldBe(["d-1", "d-2", "d-3"]);
    }

    [Fact]
    public async Task WhatADisabledEndpointMissed_IsToldWhenItIsEnabled()
    {
        await using var silo = await OutboundSilo.Start(_disk, _carrier);
        await silo.Create("crm", types: "deal.registered");
        await silo.Register("d-1");
        await Until(() => _carrier.All.Count == 1, "the first deal");
        await silo.Accept(Endpoint("crm"), new DisableEndpoint());
        for (var n = 2; n < 8; n++)
        {
            await silo.Register($"d-{n}");
        }

        await silo.Accept(Endpoint("crm"), new EnableEndpoint());
        await silo.Register("d-8");

        await Until(() => _carrier.All.Count == 8, "all deals");
        Ids(_carrier.All).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, 8).Select(n => $"d-{n}"));
        await silo.Until<EndpointView>(Endpoint("crm"), view => view.CatchingUpSince is null, "the end of catching up");
    }

    [Fact]
    public async Task AnEndpointForWhichTooMuchWaits_IsToldTheRestLater_AllAndInOrder()
    {
        const int Changes = 200;
        var takes = false;
        _carrier.Answer = async (_, over) =>
        {
            while (!Volatile.Read(ref takes))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, over);
            }

            return 204;
        };
        await using (var before = await OutboundSilo.Start(_disk, _carrier, waitingMax: 20))
        {
            await before.Create("crm", order: SendOrder.Fifo, types: "deal.amount-changed");
            await before.Register("d-1");
            for (var amount = 1; amount <= Changes; amount++)
            {
                await before.Change("d-1", amount);
                if (amount == 30)
                {
                    // What is in the journal before the next change waits when the next change is come to.
                    await Awaited.Until(async () => await Created(before) > 20, "more than may wait");
                }
            }

            (await Created(before)).ShouldBeInRange(21, 30, "nothing more is asked for while so much waits");
        }

        Volatile.Write(ref takes, true);
        await using var after = await OutboundSilo.Start(_disk, _carrier, waitingMax: 20);

        await Until(() => _carrier.All.Select(Amount).Distinct().Count() == Changes, "all changes");
        var told = _carrier.All.Select(Amount).ToList();
        told.Distinct().ShouldBe(told.Distinct().Order(), "a repeat after the restart is the only disorder");
    }

    [Fact]
    public async Task AnEndpointThatIsGone_IsDisabled_AndOthersAreToldOfIt()
    {
        _carrier.Answer = (carried, _) => Task.FromResult<int?>(carried.Endpoint == "gone" ? 410 : 204);
        await using var silo = await OutboundSilo.Start(_disk, _carrier);
        await silo.Create("operator", types: "endpoint.*");
        await silo.Create("gone", types: "deal.*");
        await silo.Register("d-1");

        var gone = await silo.Until<EndpointView>(
            Endpoint("gone"),
            view => view.Status == EndpointStatus.Disabled,
            "disabling"
        );
        gone.Reason.ShouldBe(DisabledReason.Gone);
        await Until(() => _carrier.To("operator").Count == 1, "the notice");
        JsonElement
            .Parse(_carrier.To("operator")[0].Body)
            .GetProperty("data")
            .GetProperty("reason")
            .GetString()
            .ShouldBe("gone");
    }

    [Fact]
    public async Task DeletingAnEndpoint_CancelsWhatWaitsForIt()
    {
        _carrier.Answer = (_, _) => Task.FromResult<int?>(500);
        await using var silo = await OutboundSilo.Start(_disk, _carrier);
        await silo.Create("crm", types: "deal.registered");
        await silo.Register("d-1");
        await Until(() => _carrier.All.Count == 1, "the first attempt");

        await silo.Accept(Endpoint("crm"), new DeleteEndpoint());

        await silo.Until<NotificationView>(
            Notification("crm", _carrier.All[0]),
            notification => notification.Status == NotificationStatus.Cancelled,
            "cancelling"
        );
    }

    [Fact]
    public async Task ARate_IsKept()
    {
        await using var silo = await OutboundSilo.Start(_disk, _carrier);
        await silo.Create("crm", perSecond: 5, types: "deal.registered");
        for (var n = 0; n < 6; n++)
        {
            await silo.Register($"d-{n}");
        }

        await Until(() => _carrier.All.Count == 6, "all deals");
        (_carrier.All[5].At - _carrier.All[0].At).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.95));
    }

    [Fact]
    public async Task TwoProcesses_TellOnce()
    {
        await using var one = await OutboundSilo.Start(_disk, _carrier);
        await using var two = await OutboundSilo.Start(_disk, _carrier);
        await one.Create("crm", types: "deal.registered");
        for (var n = 0; n < 20; n++)
        {
            await (n % 2 == 0 ? one : two).Register($"d-{n}");
        }

        await Until(() => _carrier.All.Count >= 20, "all deals");
        await Delivered(one, _carrier.All);
        _carrier.All.Count.ShouldBe(20);
    }

    private static async Task<int> Created(TestSilo silo) =>
        (await silo.Journal.ReadAll(0, 10_000, TestContext.Current.CancellationToken)).Count(recorded =>
            recorded.Name == "notification.created"
        );

    private static async Task Delivered(TestSilo silo, IEnumerable<Carried> all)
    {
        foreach (var carried in all)
        {
            await silo.Until<NotificationView>(
                Notification(carried.Endpoint, carried),
                notification => notification.Status == NotificationStatus.Delivered,
                "delivery"
            );
        }
    }

    private static GrainKey Notification(string endpoint, Carried carried) =>
        NotificationKey.Of(TestSilo.Acme, new EndpointId(endpoint), new PublishedEventId(carried.Event));

    private static bool IsChange(Carried carried) => carried.Type == "deal.amount-changed";

    private static long Amount(Carried carried) =>
        JsonElement.Parse(carried.Body).GetProperty("data").GetProperty("amount").GetProperty("minor").GetInt64();

    private static IReadOnlyList<string> Ids(IEnumerable<Carried> all) => [.. all.Select(Id)];

    private static string Id(Carried carried) =>
        JsonElement.Parse(carried.Body).GetProperty("data").GetProperty("id").GetString()!;
}
