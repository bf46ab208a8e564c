using System.Text.Json;
using System.Text.RegularExpressions;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace EcosystemSilo.Tests.Telemetry;

/// <summary>The alarms and the dashboard, as far as no process is needed to look at them.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string[] Alarms =
    [
        "EcosystemSiloDown",
        "JournalUnavailable",
        "ReaderLagging",
        "ConflictsRising",
        "DeadLettersGrowing",
        "DeadlinesOverdue",
        "OverloadsRising",
        "EvictionsHappening",
        "EventHubsLagging",
        "OutboundEndpointsDisabled",
    ];

    /// <summary>Prometheus' own, and what is there only where Event Hubs are configured.</summary>
    private static readonly string[] NotOfEveryCluster = ["up", "ecosystemsilo_event_hubs_lag"];

    /// <summary>What alarms and dashboard ask for and is in none of the texts that processes gave.</summary>
    internal static IReadOnlyList<string> Missing(IReadOnlyList<string> metrics)
    {
        var asked = Rules().Select(rule => rule.Expression).Concat(Dashboard()).SelectMany(Metrics).ToHashSet();
        asked.Count.ShouldBeGreaterThan(Alarms.Length);
        return [.. asked.Except(NotOfEveryCluster).Except(metrics.SelectMany(Given))];
    }

    [Fact]
    public void EveryAlarm_LeadsToItsRunbook()
    {
        Rules().Select(rule => rule.Name).ShouldBe(Alarms);
        foreach (var (name, _, runbook) in Rules())
        {
            runbook.ShouldBe($"docs/runbooks.md#{name.ToLowerInvariant()}");
        }
    }

    private static IEnumerable<(string Name, string Expression, string Runbook)> Rules()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Text("k8s/monitoring/alerts.yaml")));
        return from @group in (YamlSequenceNode)yaml.Documents[0].RootNode["groups"]
            from rule in (YamlSequenceNode)@group["rules"]
            select ($"{rule["alert"]}", $"{rule["expr"]}", $"{rule["annotations"]["runbook_url"]}");
    }

    private static IEnumerable<string> Dashboard() =>
        from panel in JsonElement
            .Parse(Repository.Text("k8s/monitoring/dashboard.json"))
            .GetProperty("panels")
            .EnumerateArray()
        from target in panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : default
        select target.GetProperty("expr").GetString()!;

    /// <summary>What is left of an expression without labels, ranges and groupings, and is no function.</summary>
    private static IEnumerable<string> Metrics(string expression) =>
        Names()
            .Matches(Groupings().Replace(Braces().Replace(expression, " "), " "))
            .Select(name => name.Value)
            .Where(name => name is not ("histogram_quantile" or "label_replace"))
            // Functions and operators of the language have none.
            .Where(name => name.Contains('_', StringComparison.Ordinal) || name == "up");

    private static HashSet<string> Given(string metrics) =>
        [
            .. metrics
                .Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => Names().Match(line).Value),
        ];

    [GeneratedRegex("[a-zA-Z_:][a-zA-Z0-9_:]*", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Names();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|""[^""]*""", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Braces();

    [GeneratedRegex(@"\b(?:by|without)\s*\([^)]*\)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Groupings();
}
