using System.Diagnostics;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Blueprints;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Personal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Demo;

/// <summary>
/// Gives every program an invented past at the first start with <c>--demo</c>. It runs the grains itself,
/// before the silo does, by a clock that stands on the day of each step.
/// </summary>
internal sealed class DemoSeed(
    IJournal journal,
    SubjectKeys keys,
    BlueprintBook blueprints,
    TimeProvider clock,
    ILoggerFactory loggers
) : IHostedService
{
    private const int Seed = 20_260_105;

    private static readonly (string Ecosystem, int Partners, int Deals)[] Programs =
    [
        ("purposeful-live", 1_320, 240),
        ("acme", 800, 160),
    ];

    private readonly ILogger _logger = loggers.CreateLogger<DemoSeed>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var past = new DemoClock(clock);
        using var metrics = new SiloMetrics();
        using var newer = new NewerEvents();
        var grains = new CoreRunner(
            new CoreHost(
                journal,
                keys,
                blueprints,
                new Alone(),
                past,
                WaitClock.System,
                metrics,
                newer,
                loggers.CreateLogger<CoreHost>()
            )
        );
        foreach (var (name, partners, deals) in Programs)
        {
            var ecosystem = new EcosystemId(name);
            await blueprints.Ensure(ecosystem, cancellationToken);
            if (
                blueprints.Find(ecosystem) is not { } blueprint
                || await IsSeeded(grains, ecosystem, partners, cancellationToken)
            )
            {
                continue;
            }

            var started = Stopwatch.GetTimestamp();
            var steps = DemoPlan.Make(blueprint.Document, partners, deals, Seed, clock.GetUtcNow());
            await Run(steps, grains, past, cancellationToken);
            Log.DemoSeeded(_logger, name, partners, deals, steps.Count, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<bool> IsSeeded(
        CoreRunner grains,
        EcosystemId ecosystem,
        int partners,
        CancellationToken cancellation
    )
    {
        var last = PartnerKey.Of(ecosystem, DemoPlan.PartnerOf(partners - 1));
        return await grains.Read<PartnerView>(last, ReadAt.Newest, cancellation) is not null;
    }

    /// <summary>Days in order; within a day each grain's steps in order, different grains at the same time.</summary>
    private static async Task Run(
        IReadOnlyList<DemoStep> steps,
        CoreRunner grains,
        DemoClock past,
        CancellationToken cancellation
    )
    {
        foreach (var day in steps.Index().GroupBy(step => step.Item.DaysAgo))
        {
            past.StandBack(TimeSpan.FromDays(day.Key));
            await Parallel.ForEachAsync(
                day.GroupBy(step => step.Item.Target),
                new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = cancellation },
                async (ofGrain, token) =>
                {
                    foreach (var (index, step) in ofGrain)
                    {
                        var id = $"demo/{index}";
                        var ask = new Ask($"{step.Target.Ecosystem}/demo", id, "demo", id);
                        await grains.Ask(step.Target, step.Command, ask, token);
                    }
                }
            );
        }
    }
}
