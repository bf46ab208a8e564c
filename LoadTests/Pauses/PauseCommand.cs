using System.CommandLine;
using System.Net.Http.Json;
using EcosystemSilo.LoadTests.Overload;
using EcosystemSilo.LoadTests.Processes;
using Microsoft.Data.Sqlite;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.Pauses;

/// <summary>
/// <c>pause</c>: deals that each claim an account of their own, alone and beside as many that claim one account; the
/// account once running and once paused, in turn. An answer comes when the account has answered, by way of the
/// reactions. The others must not feel the pause, and what waited must come when it ends, in order and once.
/// </summary>
internal static class PauseCommand
{
    private const int RatePerSecond = 50;
    private const int WaitSeconds = 10;
    private const double RatioMax = 1.25;

    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "Length of each turn.",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<int> Turns = new("--turns")
    {
        Description = "How often each is measured, one after the other.",
        DefaultValueFactory = _ => 3,
    };

    public static Command Create()
    {
        Bounds.Set(Seconds, 2, 120);
        Bounds.Set(Turns, 1, 20);
        var command = new Command("pause", "Pauses a busy grain, and measures what others feel.") { Seconds, Turns };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult asked)
    {
        await using var gateway = new GatewayProcess();
        gateway.Set("RateLimits__RestPerSecond", $"{RatePerSecond * 10}");
        await gateway.Start();
        using var admin = gateway.Client();
        await Must(
            admin,
            "/api/acme/partners",
            new
            {
                id = "p-1",
                name = "Clinic",
                category = "medical-device",
            }
        );
        var others = await PacedClient.WithKeyOfItsOwn(
            gateway,
            "other",
            RatePerSecond,
            id => Deal(id, $"{id}.example")
        );
        var turn = TimeSpan.FromSeconds(asked.GetValue(Seconds));
        await others.Send(turn / 2);
        var table = new Table().AddColumns(
            "turn",
            "alone p50/p99",
            "beside a busy account",
            "beside a paused one",
            "ratio",
            "waited",
            "after the resume"
        );
        var ratios = new List<double>();
        var isRight = true;
        for (var number = 1; number <= asked.GetValue(Turns); number++)
        {
            var alone = Pace.Of(await others.Send(turn));
            var busy = await Beside(gateway, others, $"busy-{number}", turn);
            var paused = await Beside(gateway, others, $"paused-{number}", turn, admin);
            ratios.Add(paused.Pace.P99 / busy.Pace.P99);
            isRight &= paused.IsRight;
            table.AddRow(
                $"{number}",
                $"{alone}",
                $"{busy.Pace}",
                $"{paused.Pace}",
                $"{ratios[^1]:n2}",
                $"{paused.Waited} deals",
                $"{(paused.IsRight ? "in order, once" : "WRONG")}, {paused.Drained.TotalMilliseconds:n0} ms"
            );
        }

        AnsiConsole.Write(table);
        var median = ratios.Order().ElementAt(ratios.Count / 2);
        var isMet = median <= RatioMax && isRight;
        AnsiConsole.WriteLine(
            $"median ratio of p99, paused to busy, {median:n2}, goal <= {RatioMax:n2}: {(isMet ? "met" : "NOT MET")}"
        );
        return isMet ? 0 : 1;
    }

    /// <param name="admin">Pauses the account for the time; null to let it run.</param>
    private static async Task<Turn> Beside(
        GatewayProcess gateway,
        PacedClient others,
        string name,
        TimeSpan turn,
        HttpClient? admin = null
    )
    {
        var neighbour = await PacedClient.WithKeyOfItsOwn(
            gateway,
            name,
            RatePerSecond,
            id => Deal(id, $"{name}.example") with { WaitSeconds = 0 }
        );
        var account = $"/api/acme/operations/grains/account/{name}.example~enterprise";
        using var stage = gateway.Client();
        var first = Deal($"{name}-first", $"{name}.example");
        await Must(stage, first.Path, first.Body, WaitSeconds);
        if (admin is not null)
        {
            await Must(admin, $"{account}/pause", new { reason = "measured" });
        }

        var sending = neighbour.Send(turn);
        var pace = Pace.Of(await others.Send(turn));
        await sending;
        return admin is null
            ? new Turn(pace, 0, TimeSpan.Zero, IsRight: true)
            : await Resume(gateway, admin, account, $"acme/account/{name}.example~enterprise", neighbour.Sent, pace);
    }

    private static async Task<Turn> Resume(
        GatewayProcess gateway,
        HttpClient admin,
        string route,
        string account,
        int sent,
        Pace pace
    )
    {
        var isRight = Causes(gateway, account).Count == 1;
        var since = TimeProvider.System.GetTimestamp();
        await Must(admin, $"{route}/resume", new { });
        List<long> causes;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            causes = Causes(gateway, account);
        } while (causes.Count <= sent && TimeProvider.System.GetElapsedTime(since) < LoadLimits.AnswerMax * 3);
        var drained = TimeProvider.System.GetElapsedTime(since);
        isRight &= causes.Count == sent + 1 && causes.Zip(causes.Skip(1)).All(pair => pair.First < pair.Second);
        return new Turn(pace, sent, drained, isRight);
    }

    /// <summary>Of every claim that the account took, in its order, the position of the deal that made it.</summary>
    private static List<long> Causes(GatewayProcess gateway, string account)
    {
        using var journal = new SqliteConnection($"{gateway.ConnectionString};Mode=ReadOnly;Pooling=False");
        journal.Open();
        using var command = journal.CreateCommand();
        command.CommandText =
            "SELECT command FROM events WHERE grain = $account AND command LIKE '%/account.claim/%' ORDER BY version";
        command.Parameters.AddWithValue("$account", account);
        using var rows = command.ExecuteReader();
        var causes = new List<long>();
        while (rows.Read())
        {
            causes.Add(long.Parse(rows.GetString(0).Split('/')[0]));
        }

        return causes;
    }

    private static PacedRequest Deal(string id, string domain) =>
        new(
            "/api/acme/deals",
            new
            {
                id,
                partner = "p-1",
                product = "enterprise",
                customer = new { name = "Hospital", domain },
            },
            WaitSeconds
        );

    private static async Task Must(HttpClient client, string path, object body, int waitSeconds = 0)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (waitSeconds > 0)
        {
            message.Headers.Add("Prefer", $"wait={waitSeconds}");
        }

        using var answer = await client.SendAsync(message);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private sealed record Turn(Pace Pace, int Waited, TimeSpan Drained, bool IsRight);

    /// <summary>Milliseconds.</summary>
    private sealed record Pace(double P50, double P99, int Failed)
    {
        public static Pace Of(IReadOnlyList<PacedAnswer> answers)
        {
            var taken = answers.Select(answer => answer.Latency.TotalMilliseconds).Order().ToList();
            return new Pace(
                taken[taken.Count / 2],
                taken[taken.Count * 99 / 100],
                answers.Count(answer => answer.Status != 201)
            );
        }

        public override string ToString() => $"{P50:n1} / {P99:n1} ms{(Failed > 0 ? $", {Failed} failed" : "")}";
    }
}
