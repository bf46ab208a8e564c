using System.CommandLine;
using EcosystemSilo.LoadTests.Processes;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.Overload;

/// <summary>
/// <c>overload</c>: keys that keep to their rate, alone and beside one that sends ten times as much, in turn. The one
/// must be refused, and the others must not feel it.
/// </summary>
internal static class OverloadCommand
{
    private const int RatePerSecond = 100;
    private const int Flood = 10;
    private const int OthersCount = 4;
    private const double RatioMax = 2;

    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "Length of each turn.",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<int> Turns = new("--turns")
    {
        Description = "How often both are measured, one after the other.",
        DefaultValueFactory = _ => 3,
    };

    public static Command Create()
    {
        var command = new Command("overload", "Lets one key send ten times its rate, and measures what others feel.")
        {
            Seconds,
            Turns,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult asked)
    {
        await using var gateway = new GatewayProcess();
        gateway.Set("RateLimits__RestPerSecond", $"{RatePerSecond * 12 / 10}");
        gateway.Set("RateLimits__RestBurst", $"{RatePerSecond * 2}");
        await gateway.Start();
        var others = new List<PacedClient>();
        for (var number = 0; number < OthersCount; number++)
        {
            others.Add(await PacedClient.WithKeyOfItsOwn(gateway, $"quiet-{number}", RatePerSecond));
        }

        var flood = await PacedClient.WithKeyOfItsOwn(gateway, "flood", RatePerSecond * Flood);
        var turn = TimeSpan.FromSeconds(asked.GetValue(Seconds));
        await Measure(others, turn);
        var table = new Table().AddColumns("turn", "p99 alone", "p99 beside the flood", "ratio", "flood taken", "429");
        var ratios = new List<double>();
        for (var number = 1; number <= asked.GetValue(Turns); number++)
        {
            var alone = Pace.Of(await Measure(others, turn));
            var answers = await Measure([.. others, flood], turn);
            var beside = Pace.Of(answers[..^1]);
            var flooding = answers[^1];
            ratios.Add(beside.P99 / alone.P99);
            table.AddRow(
                $"{number}",
                $"{alone.P99:n1} ms",
                $"{beside.P99:n1} ms",
                $"{ratios[^1]:n2}",
                $"{flooding.Count(answer => answer.Status == 201)}",
                $"{flooding.Count(answer => answer is { Status: 429, HasRetryAfter: true })} of {flooding.Count}"
            );
            if (beside.Refused + alone.Refused > 0)
            {
                AnsiConsole.WriteLine($"{beside.Refused + alone.Refused} requests of the others were refused");
            }
        }

        AnsiConsole.Write(table);
        var median = ratios.Order().ElementAt(ratios.Count / 2);
        var isMet = median <= RatioMax;
        AnsiConsole.WriteLine($"median ratio {median:n2}, goal <= {RatioMax:n0}: {(isMet ? "met" : "NOT MET")}");
        return isMet ? 0 : 1;
    }

    private static async Task<IReadOnlyList<PacedAnswer>[]> Measure(IEnumerable<PacedClient> clients, TimeSpan turn) =>
        await Task.WhenAll(clients.Select(client => client.Send(turn)));

    /// <param name="P99">Milliseconds.</param>
    private sealed record Pace(double P99, int Refused)
    {
        public static Pace Of(IReadOnlyList<PacedAnswer>[] answers)
        {
            var all = answers.SelectMany(one => one).ToList();
            var taken = all.Select(answer => answer.Latency.TotalMilliseconds).Order().ToList();
            return new Pace(taken[taken.Count * 99 / 100], all.Count(answer => answer.Status != 201));
        }
    }
}
