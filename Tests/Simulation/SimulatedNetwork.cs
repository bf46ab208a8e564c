using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Calls;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>
/// Where grains live, and what becomes of calls on their way: stands in for Orleans' directory and messaging. Mostly a
/// grain lives at one silo. Now and then a call goes to another, as when a silo was given up and does not know it; then
/// both hold an activation, and go on holding it.
/// </summary>
internal sealed class SimulatedNetwork(IReadOnlyList<SimulatedSilo?> slots, int seed)
{
    /// <summary>How often a call goes astray, or is lost on one of its two ways: one in so many.</summary>
    private const int AstrayOneIn = 5;
    private const int LostOneIn = 60;

    private readonly Random _luck = new(seed);
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Whom a call is brought to; null when no silo takes any.</summary>
    /// <param name="from">The silo that calls, which always reaches itself.</param>
    /// <param name="attempt">0 for the first; a repeat may go anywhere.</param>
    public SimulatedSilo? Find(GrainKey grain, SimulatedSilo from, int attempt)
    {
        var home = slots[grain.Id.Sum(letter => letter) % slots.Count];
        var isAstray = attempt > 0 || (slots.Count > 1 && Happens(AstrayOneIn));
        if (!isAstray && home is not null && Takes(home, from))
        {
            return home;
        }

        var takers = slots.OfType<SimulatedSilo>().Where(silo => Takes(silo, from)).ToList();
        if (takers.Count == 0)
        {
            return null;
        }

        var chosen = takers[_luck.Next(takers.Count)];
        if (chosen != home)
        {
            Count("calls astray");
        }

        return chosen;
    }

    public bool LosesCall() => Loses("calls lost");

    public bool LosesAnswer() => Loses("answers lost");

    private static bool Takes(SimulatedSilo silo, SimulatedSilo from) => silo.IsReady || silo == from;

    private bool Loses(string what)
    {
        if (!Happens(LostOneIn))
        {
            return false;
        }

        Count(what);
        return true;
    }

    private bool Happens(int oneIn) => _luck.Next(oneIn) == 0;

    private void Count(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;
}

/// <summary>Grains as the callers in one silo know them.</summary>
internal sealed class SimulatedGrains(SimulatedSilo own, SimulatedNetwork network) : CallingGrains(own.Process.Clock)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.Parse(Limits.CallTimeout);

    protected override Task<Envelope> Ask(GrainKey key, Envelope command, TimeSpan patience) =>
        Insist(key, command, patience);

    protected override Task<Envelope> Read(GrainKey key, Envelope which) => Insist(key, which, Limits.CallPatience);

    /// <summary>Repeats a call that nobody answered, under the same id, as the product does.</summary>
    private async Task<Envelope> Insist(GrainKey key, Envelope call, TimeSpan patience)
    {
        var clock = own.Process.Clock;
        var (since, pause) = (clock.GetTimestamp(), Limits.CallPauseMin);
        for (var attempt = 0; ; attempt++)
        {
            if (network.Find(key, own, attempt) is { } silo && await Try(silo, call) is { } answer)
            {
                return answer;
            }

            if (clock.GetElapsedTime(since) >= patience)
            {
                throw new GrainUnavailableException($"{key} did not answer.");
            }

            await Task.Delay(pause, clock);
            pause = pause * 2 < Limits.CallPauseMax ? pause * 2 : Limits.CallPauseMax;
        }
    }

    /// <summary>Null when no answer came; whether the call was handled is not known then.</summary>
    private async Task<Envelope?> Try(SimulatedSilo silo, Envelope call)
    {
        if (silo == own)
        {
            return await own.HandleHere(call);
        }

        if (network.LosesCall())
        {
            await Task.Delay(CallTimeout, own.Process.Clock);
            return null;
        }

        try
        {
            var answer = await silo.Handle(call).WaitAsync(CallTimeout, own.Process.Clock);
            if (!network.LosesAnswer())
            {
                return answer;
            }

            await Task.Delay(CallTimeout, own.Process.Clock);
            return null;
        }
        catch (Exception fault) when (fault is TimeoutException or ConnectionLostException)
        {
            return null;
        }
    }
}
