using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace EcosystemSilo.Silo.Operations;

/// <summary>
/// Rules that stand behind those of the settings and so win over them for the same category; the logger factory takes
/// them over when they change. Nothing here may ask for a logger, which is made from these rules.
/// </summary>
internal sealed class LogRules
    : IPostConfigureOptions<LoggerFilterOptions>,
        IOptionsChangeTokenSource<LoggerFilterOptions>
{
    private IReadOnlyList<LoggerFilterRule> _rules = [];
    private CancellationTokenSource _change = new();

    public string? Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref _change).Token);

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        foreach (var rule in Volatile.Read(ref _rules))
        {
            options.Rules.Add(rule);
        }
    }

    public void Set(IReadOnlyList<LoggerFilterRule> rules)
    {
        Volatile.Write(ref _rules, rules);
        Interlocked.Exchange(ref _change, new CancellationTokenSource()).Cancel();
    }
}
