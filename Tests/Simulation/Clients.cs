using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>In whose name commands are sent.</summary>
internal sealed record Sender(string Scope, string Actor);

/// <summary>
/// Everybody who sends commands, over a network that loses answers, repeats commands, delays them and lets one overtake
/// another. A command whose answer did not come is sent again with the same id, as senders do.
/// </summary>
internal sealed class Clients(World world, int seed)
{
    private const int AttemptsMax = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Random _luck = new(seed);
    private readonly List<SimulatedCall> _log = [];
    private int _ids;
    private int _underWay;

    public IReadOnlyList<SimulatedCall> Log => _log;

    /// <summary>Sends a command until it is answered; null when the sender gave up.</summary>
    /// <param name="sender">Null for a caller of the API.</param>
    public Task<Reply?> Send(GrainKey grain, ICommand command, Sender? sender = null)
    {
        var id = $"c-{++_ids}";
        sender ??= new Sender($"{grain.Ecosystem}/client", "client");
        if (Happens(20))
        {
            _ = Later(SomeTime(), id, grain, command, sender);
        }

        if (Happens(60) && Other(grain) is { } other)
        {
            _ = Later(SomeTime(), id, grain, other, sender);
        }

        return Happens(15)
            ? Later(TimeSpan.FromSeconds(_luck.Next(7_200)), id, grain, command, sender)
            : Later(TimeSpan.Zero, id, grain, command, sender);
    }

    /// <summary>Asks a silo for a view; null when there is none, or no answer.</summary>
    public async Task<TView?> Read<TView>(GrainKey grain)
        where TView : class, IView
    {
        if (Choose() is not { } silo)
        {
            return null;
        }

        try
        {
            var read = silo.Call(grains => grains.Read<TView>(grain, ReadAt.Newest, CancellationToken.None));
            return (await read.WaitAsync(Patience, world.Clock))?.View;
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            return null;
        }
    }

    public async Task AllAnswered()
    {
        while (_underWay > 0)
        {
            await world.Pause(TimeSpan.FromMinutes(10));
        }
    }

    private async Task<Reply?> Try(SimulatedSilo silo, string id, GrainKey grain, ICommand command, Sender sender)
    {
        var call = new SimulatedCall(id, grain, command, silo.Name, world.Step, world.Now);
        _log.Add(call);
        Reply? reply = null;
        try
        {
            var ask = new Ask(sender.Scope, id, sender.Actor, id);
            var answer = silo.Call(grains => grains.Ask(grain, command, ask, CancellationToken.None));
            reply = await answer.WaitAsync(Patience, world.Clock);
        }
        catch (Exception fault) when (IsExpected(fault)) { }
        catch (Exception bug)
        {
            world.Report($"{call} failed: {bug}");
        }

        call.Finish(Happens(40) ? null : reply, world.Step);
        world.Note(call.ToString());
        return call.End == CallEnd.Unknown ? null : reply;
    }

    private async Task<Reply?> Later(TimeSpan delay, string id, GrainKey grain, ICommand command, Sender sender)
    {
        _underWay++;
        try
        {
            if (delay > TimeSpan.Zero)
            {
                await world.Pause(delay);
            }

            for (var attempt = 0; attempt < AttemptsMax; attempt++)
            {
                if (Choose() is { } silo && await Try(silo, id, grain, command, sender) is { } reply)
                {
                    return reply;
                }

                await world.Pause(TimeSpan.FromMilliseconds(100 << Math.Min(attempt, 17)));
            }

            return null;
        }
        finally
        {
            _underWay--;
        }
    }

    /// <summary>Any will do, as behind any balancer.</summary>
    private SimulatedSilo? Choose()
    {
        var ready = world.Slots.Where(slot => slot is { IsReady: true }).ToList();
        return ready.Count == 0 ? null : ready[_luck.Next(ready.Count)];
    }

    /// <summary>Mostly soon, sometimes days later.</summary>
    private TimeSpan SomeTime() => TimeSpan.FromMinutes(Math.Pow(_luck.NextDouble(), 4) * 9_000);

    /// <summary>What somebody may send under an id that was used before; null where nobody does.</summary>
    private ICommand? Other(GrainKey grain) =>
        grain.Kind switch
        {
            DealKey.Kind => new ChangeDealAmount(new Money(_luck.Next(), "USD")),
            PartnerKey.Kind or CustomerProgramKey.Kind => new CompleteItem(new ItemId("another")),
            EndpointKey.Kind => new DisableEndpoint(),
            PersonKey.Kind => new GrantConsent(Purpose.Marketing, "v1", "app"),
            WearableStreamKey.Kind => new DisconnectStream("another"),
            _ => null,
        };

    private bool Happens(int oneIn) => _luck.Next(oneIn) == 0;

    private static bool IsExpected(Exception fault) =>
        fault is GrainUnavailableException or ConnectionLostException or TimeoutException;
}
