using System.CommandLine;
using EcosystemSilo.LoadTests.Processes;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.EventHubs;

/// <summary>
/// <c>event-hubs</c>: a hub full of wearable batches, read by processes of the product, which may be killed meanwhile.
/// Says how many messages a second come into people's streams, and whether any was lost or taken twice.
/// </summary>
internal static class EventHubsCommand
{
    private static readonly Option<int> Messages = new("--messages", "-n")
    {
        Description = "How many messages lie in the hub, with ten heart rates each.",
        DefaultValueFactory = _ => 1_000_000,
    };

    private static readonly Option<int> People = new("--people")
    {
        Description = "How many people they are about.",
        DefaultValueFactory = _ => 1_000,
    };

    private static readonly Option<int> Partitions = new("--partitions")
    {
        Description = "Partitions of the hub.",
        DefaultValueFactory = _ => 8,
    };

    private static readonly Option<int> Processes = new("--processes")
    {
        Description = "Processes that read the hub together.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Kills = new("--kills")
    {
        Description = "How often one of them is killed and started again, evenly spread.",
        DefaultValueFactory = _ => 0,
    };

    public static Command Create()
    {
        Bounds.Set(Messages, 1, 100_000_000);
        Bounds.Set(People, 1, 100_000);
        Bounds.Set(Partitions, 1, 32);
        Bounds.Set(Processes, 1, 8);
        Bounds.Set(Kills, 0, 100);
        var command = new Command("event-hubs", "Reads a hub full of wearable batches and counts what became of them.")
        {
            Messages,
            People,
            Partitions,
            Processes,
            Kills,
        };
        command.SetAction((asked, _) => Run(asked));
        return command;
    }

    private static async Task<int> Run(ParseResult asked)
    {
        await using var postgres = new PostgresServer();
        await using var broker = HubBroker.Start("wearables", asked.GetValue(Partitions));
        await using var run = await HubRun.Prepare(
            await postgres.NewDatabase(),
            broker,
            asked.GetValue(Processes),
            asked.GetValue(People),
            AnsiConsole.WriteLine
        );
        var kills = asked.GetValue(Kills);
        run.Fill(asked.GetValue(Messages));
        var took = await run.UntilTaken(kills);
        var counts = await run.Count();
        AnsiConsole.WriteLine(
            $"{counts.Sent:n0} messages in {took.TotalSeconds:n1} s, {counts.Sent / took.TotalSeconds:n0} a second, "
                + $"{kills} kills: lost {counts.Lost}, doubled {counts.Doubled}"
        );
        return counts is { Lost: 0, Doubled: 0 } ? 0 : 1;
    }
}
