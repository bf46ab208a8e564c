using EcosystemSilo.Grains.Interfaces.Operations;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Operations;

/// <summary>
/// Log levels that differ from the settings for a time. Each ends by itself, so that nobody has to remember it; a
/// restart forgets them all.
/// </summary>
internal sealed class LogLevels(LogRules rules, TimeProvider clock, ILogger<LogLevels> logger) : IDisposable
{
    /// <summary>As in the settings: the name of what stands for all categories.</summary>
    private const string All = "Default";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (RaisedLogLevel Level, string Wish, ITimer End)> _levels = new(
        StringComparer.Ordinal
    );

    public IReadOnlyList<RaisedLogLevel> InForce
    {
        get
        {
            lock (_gate)
            {
                return [.. _levels.Values.Select(one => one.Level)];
            }
        }
    }

    /// <summary>Has a level from now on, or no longer when it is to last no time.</summary>
    public ChangeOutcome Change(LogLevelChange change)
    {
        lock (_gate)
        {
            // The same wish comes through several silos.
            if (
                change.Lasting > TimeSpan.Zero
                && _levels.TryGetValue(change.Category, out var same)
                && same.Wish == change.Wish
            )
            {
                return ChangeOutcome.Done;
            }

            var isKnown = _levels.Remove(change.Category, out var before);
            before.End?.Dispose();
            if (change.Lasting > TimeSpan.Zero)
            {
                if (_levels.Count >= OperationsLimits.LogCategoriesMax)
                {
                    return ChangeOutcome.Full;
                }

                Keep(change);
            }
            else if (!isKnown)
            {
                return ChangeOutcome.Done;
            }

            Apply();
        }

        if (change.Lasting > TimeSpan.Zero)
        {
            var until = clock.GetUtcNow() + change.Lasting;
            OperationsLog.LevelChanged(logger, change.Category, change.Level, until, change.By, change.Correlation);
        }
        else
        {
            OperationsLog.LevelEnded(logger, change.Category, change.By);
        }

        return ChangeOutcome.Done;
    }

    public void Dispose()
    {
        foreach (var (_, _, end) in _levels.Values)
        {
            end.Dispose();
        }
    }

    private void Keep(LogLevelChange change)
    {
        var level = new RaisedLogLevel(change.Category, change.Level, clock.GetUtcNow() + change.Lasting, change.By);
        var end = clock.CreateTimer(_ => End(level), null, change.Lasting, Timeout.InfiniteTimeSpan);
        _levels.Add(change.Category, (level, change.Wish, end));
    }

    /// <summary>Unless it was prolonged while its timer was about to end it.</summary>
    private void End(RaisedLogLevel level)
    {
        lock (_gate)
        {
            if (!_levels.TryGetValue(level.Category, out var now) || now.Level != level)
            {
                return;
            }

            now.End.Dispose();
            _levels.Remove(level.Category);
            Apply();
        }

        OperationsLog.LevelEnded(logger, level.Category, "its time");
    }

    private void Apply() =>
        rules.Set([
            .. _levels.Values.Select(one => new LoggerFilterRule(
                providerName: null,
                one.Level.Category == All ? null : one.Level.Category,
                LevelOf(one.Level.Level),
                filter: null
            )),
        ]);

    private static LogLevel LevelOf(LogSeverity severity) =>
        severity switch
        {
            LogSeverity.Trace => LogLevel.Trace,
            LogSeverity.Debug => LogLevel.Debug,
            LogSeverity.Information => LogLevel.Information,
            LogSeverity.Warning => LogLevel.Warning,
            LogSeverity.Error => LogLevel.Error,
            _ => LogLevel.Critical,
        };
}
