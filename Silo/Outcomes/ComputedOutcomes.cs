using System.Collections.Concurrent;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Outcomes;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Blueprints;

namespace EcosystemSilo.Silo.Outcomes;

/// <summary>
/// Computes a partner's outcomes when somebody asks, and keeps them for some minutes. One computation at a time: they
/// must not take the processors from commands.
/// </summary>
internal sealed class ComputedOutcomes(
    OutcomeCounting counting,
    BlueprintBook blueprints,
    SiloOptions options,
    TimeProvider clock
) : IOutcomes, IDisposable
{
    private readonly ConcurrentDictionary<GrainKey, Computed> _kept = [];
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<OutcomesView> Find(OutcomeQuery query, CancellationToken cancellation)
    {
        try
        {
            await blueprints.Ensure(query.Ecosystem, cancellation);
            var rule = blueprints.Find(query.Ecosystem)?.Document.Outcomes;
            var computed = await Compute(query.Ecosystem, query.Partner, cancellation);
            var programs = computed
                .Programs.Where(program => query.Program is null || program.Id == query.Program)
                .ToList();
            var report = new OutcomeReport(
                [.. programs.Select(program => program.Sums)],
                programs.SelectMany(program => program.Program.Goals.Daily.Keys),
                rule?.SmallestCell ?? Limits.SmallestCellUsual
            );
            return report.Of(query.Period, computed.At);
        }
        catch (JournalUnavailableException fault)
        {
            throw new GrainUnavailableException("The journal does not answer.", fault);
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Computed> Compute(EcosystemId ecosystem, PartnerId partner, CancellationToken cancellation)
    {
        var key = PartnerKey.Of(ecosystem, partner);
        if (Fresh(key) is { } kept)
        {
            return kept;
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            if (Fresh(key) is { } meanwhile)
            {
                return meanwhile;
            }

            var now = clock.GetUtcNow();
            var latest = Latest(now);
            var computed = new Computed(now, latest, await counting.Count(ecosystem, partner, latest, cancellation));
            if (_kept.Count >= Limits.OutcomePartnersMax)
            {
                _kept.Clear();
            }

            return _kept[key] = computed;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A week that is over since makes outcomes old, however short a time ago.</summary>
    private Computed? Fresh(GrainKey partner) =>
        clock.GetUtcNow() is var now
        && _kept.TryGetValue(partner, out var kept)
        && now - kept.At < options.OutcomesAge
        && kept.Latest == Latest(now)
            ? kept
            : null;

    private static OutcomePeriod Latest(DateTimeOffset now) =>
        OutcomePeriod.Latest(DateOnly.FromDateTime(now.UtcDateTime));

    private sealed record Computed(DateTimeOffset At, OutcomePeriod Latest, IReadOnlyList<CountedProgram> Programs);
}
