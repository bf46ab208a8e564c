using EcosystemSilo.LoadTests.Chaos.Faults;
using EcosystemSilo.LoadTests.Chaos.Hooks;

namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>What one run does.</summary>
/// <param name="Store"><c>Sqlite</c> or <c>PostgreSql</c>.</param>
/// <param name="Count">At least how many faults.</param>
internal sealed record ChaosOptions(string Store, int Count, int Seed)
{
    /// <summary>They take turns.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [Fault.Kill];

    /// <summary>Processes that each do everything; not counted where there are silos.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Silos that are processes of their own, with <see cref="Gateways"/> before them; 0 for none.</summary>
    public int Silos { get; init; }

    public int Gateways { get; init; }

    public bool IsCluster => Silos > 0;

    public int ProcessCount => IsCluster ? Silos + Gateways : Processes;

    /// <summary>Whether kills come at crash points too, or only from outside.</summary>
    public bool HasCrashPoints { get; init; } = true;

    /// <summary>New partners while each fault comes, with 8 or 10 operations each.</summary>
    public int PartnersPerRound { get; init; } = 40;

    /// <summary>How long a paused process stands still, and a database is away.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(3);

    public Bug? Bug { get; init; }

    /// <summary>How long a round may take until all it sends is acknowledged.</summary>
    public TimeSpan RoundMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the end of a run waits for everything to come to rest.</summary>
    public TimeSpan RestMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Where the clients' log goes; null keeps it in memory.</summary>
    public string? LogFile { get; init; }

    public Action<int> Progress { get; init; } = _ => { };
}
