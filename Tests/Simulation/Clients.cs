using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Tests.Simulation;

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
    public Task<Reply?> Send(GrainKey grain, ICommand command)
    {
        var id = $"c-{++_ids}";
        if (Happens(20))
        {
            _ = Later(TimeSpan.FromMinutes(Math.Pow(_luck.NextDouble(), 4) * 9_000), id, grain, command);
        }

        if (Happens(60) && grain.Kind != BlueprintKey.Kind)
        {
            ICommand other =
                grain.Kind == DealKey.Kind
                    ? new ChangeDealAmount(new Money(_luck.Next(), "USD"))
                    : new CompleteItem(new ItemId("another"));
            _ = Later(TimeSpan.FromMinutes(Math.Pow(_luck.NextDouble(), 4) * 9_000), id, grain, other);
        }

        return Happens(15)
            ? Later(TimeSpan.FromSeconds(_luck.Next(7_200)), id, grain, command)
            : Later(TimeSpan.Zero, id, grain, command);
    }

    /// <summary>Asks a silo for a view; null when there is none, or no answer.</summary>
    public async Task<TView?> Read<TView>(GrainKey grain)
        where TView : class, IView
    {
        if (Choose(grain, attempt: 0) is not { } silo)
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

    public async Task<Reply?> Try(SimulatedSilo silo, string id, GrainKey grain, ICommand command)
    {
        var call = new SimulatedCall(id, grain, command, silo.Name, world.Step);
        _log.Add(call);
        Reply? reply = null;
        try
        {
            var ask = new Ask(ScopeOf(grain), id, "client", id);
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

    public static string ScopeOf(GrainKey grain) => $"{grain.Ecosystem}/client";

    private async Task<Reply?> Later(TimeSpan delay, string id, GrainKey grain, ICommand command)
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
                if (Choose(grain, attempt) is { } silo && await Try(silo, id, grain, command) is { } reply)
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

    /// <summary>
    /// As a proxy that hashes on the grain: mostly the same silo, another one when that does not answer.
    /// </summary>
    private SimulatedSilo? Choose(GrainKey grain, int attempt)
    {
        var home = grain.Id.Sum(letter => letter) % world.Slots.Count;
        if (attempt == 0 && !Happens(4) && world.Slots[home] is { IsReady: true } silo)
        {
            return silo;
        }

        var ready = world.Slots.Where(slot => slot is { IsReady: true }).ToList();
        return ready.Count == 0 ? null : ready[_luck.Next(ready.Count)];
    }

    private bool Happens(int oneIn) => _luck.Next(oneIn) == 0;

    private static bool IsExpected(Exception fault) =>
        fault is GrainUnavailableException or ConnectionLostException or TimeoutException;
}
