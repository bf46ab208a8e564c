using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Silo.Outbound;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Notifications;

public sealed class QueueTests
{
    private static readonly DateTimeOffset Now = Story.Morning;
    private static readonly EndpointView Endpoint = new(
        new EndpointSettings("https://crm.example.org/", null, [], null, SendOrder.Fifo, PerSecond: null),
        [new SealedSecret("c2VhbGVk", "abcd", Now)],
        EndpointStatus.Active,
        Reason: null,
        DisabledAt: null,
        FailingSince: null,
        CatchingUpSince: null
    );
    private readonly EndpointQueue _queue = new() { Endpoint = Endpoint };

    [Fact]
    public void WhatIsSaved_IsReadBack()
    {
        var subscriber = new SubscriberRow(3, Endpoint, Round: 2, Behind: 17, IsToBePlaced: true, PausedUntil: Now);
        var waiting = new WaitingRow("acme/endpoint/crm", Notice(1, "a"));

        var read = RowJson.Read<SubscriberRow>(RowJson.Write(subscriber));
        (read with { View = Endpoint }).ShouldBe(subscriber);
        read.View.Settings.Order.ShouldBe(SendOrder.Fifo);
        RowJson.Read<WaitingRow>(RowJson.Write(waiting)).ShouldBe(waiting);
    }

    [Fact]
    public void OfALane_OnlyTheFirstMayGo_UntilItIsOutOfTheWay()
    {
        Put(Notice(1, "a"), Notice(2, "a"), Notice(3, "b"));

        Borrow().ShouldBe(1);
        Borrow().ShouldBe(3);
        Borrow().ShouldBeNull();

        _queue.Remove(Notice(1, "a").Key);
        Borrow().ShouldBe(2);
    }

    [Fact]
    public void TheFirstOfALaneThatIsTriedAgainLater_KeepsTheOthersWaiting()
    {
        Put(Notice(1, "a"), Notice(2, "a"));
        Borrow().ShouldBe(1);

        Put(Notice(1, "a") with { Due = Now.AddMinutes(5) });

        _queue.Borrow(Now, out var pause).ShouldBeNull();
        pause.ShouldBe(TimeSpan.FromMinutes(5));
        _queue.Borrow(Now.AddMinutes(5), out _)!.Number.ShouldBe(1);
    }

    /// <summary>Waiting knows whole milliseconds only.</summary>
    [Fact]
    public void APauseOfLessThanAMillisecond_IsNotRoundedToNone()
    {
        Put(Notice(1, "a") with { Due = Now.AddMicroseconds(300) });

        _queue.Borrow(Now, out var pause).ShouldBeNull();
        pause.ShouldBe(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void WhatWaitsLongest_GoesFirst()
    {
        Put(Notice(1, "a") with { Due = Now.AddSeconds(-1) }, Notice(2, "b") with { Due = Now.AddSeconds(-2) });

        Borrow().ShouldBe(2);
        Borrow().ShouldBe(1);
    }

    [Fact]
    public void ToAnEndpointThatFails_OneGoesAtATime()
    {
        Put(Notice(1, "a"), Notice(2, "b"));
        _queue.Endpoint = Endpoint with { FailingSince = Now };

        Borrow().ShouldBe(1);
        Borrow().ShouldBeNull();
        _queue.Endpoint = Endpoint;
        Borrow().ShouldBe(2);
    }

    [Fact]
    public void ToAnEndpointThatIsDisabled_NothingGoes()
    {
        Put(Notice(1, "a"));
        _queue.Endpoint = Endpoint with { Status = EndpointStatus.Disabled };

        Borrow().ShouldBeNull();
    }

    [Fact]
    public void WhileAnEndpointAsksForAPause_NothingGoes()
    {
        Put(Notice(1, "a"));
        _queue.Pause(Now.AddSeconds(30));

        _queue.Borrow(Now, out var pause).ShouldBeNull();
        pause.ShouldBe(TimeSpan.FromSeconds(30));
        _queue.Borrow(Now.AddSeconds(30), out _).ShouldNotBeNull();
    }

    [Fact]
    public void Random_OperationsNeverLetALaneOvertakeItself()
    {
        var random = new Random(7);
        var done = new Dictionary<string, long>(StringComparer.Ordinal);
        var (put, underWay) = (0, new List<Waiting>());
        for (var step = 0; step < 20_000; step++)
        {
            if (random.Next(3) == 0)
            {
                Put(Notice(++put, $"lane-{random.Next(20)}"));
            }
            else if (random.Next(2) == 0 && _queue.Borrow(Now, out _) is { } borrowed)
            {
                underWay.Any(other => other.Lane == borrowed.Lane).ShouldBeFalse();
                done.GetValueOrDefault(borrowed.Lane).ShouldBeLessThan(borrowed.Number);
                underWay.Add(borrowed);
            }
            else if (underWay.Count > 0)
            {
                var over = underWay[random.Next(underWay.Count)];
                underWay.Remove(over);
                if (random.Next(2) == 0)
                {
                    Put(over);
                }
                else
                {
                    _queue.Remove(over.Key);
                    done[over.Lane] = over.Number;
                }
            }
        }

        done.Count.ShouldBe(20);
    }

    private void Put(params Waiting[] all)
    {
        foreach (var waiting in all)
        {
            _queue.Put(waiting);
        }
    }

    private long? Borrow() => _queue.Borrow(Now, out _)?.Number;

    private static Waiting Notice(long number, string lane) =>
        new(
            NotificationKey.Of(TestSilo.Acme, new EndpointId("crm"), PublishedEventId.At(number)),
            Version: 1,
            lane,
            number,
            Due: Now
        );
}
