using System.Data.Common;
using EcosystemSilo.LoadTests.Chaos;
using EcosystemSilo.LoadTests.Chaos.Audit;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Support;
using Shouldly;

namespace EcosystemSilo.Tests.Backup;

/// <summary>A gateway to which commands and deliveries are sent while its journal is backed up.</summary>
internal sealed class BusyGateway : IAsyncDisposable
{
    /// <summary>The next follow once these are through, for as long as a backup takes.</summary>
    private const int PartnersAtOnce = 25;

    private readonly CancellationTokenSource stop = new();
    private readonly List<Family> families = [];
    private Sender? sender;
    private Task sending = Task.CompletedTask;
    private volatile bool isEnough;

    public required GatewayProcess Gateway { get; init; }

    public SourceAddress Source { get; private set; } = null!;

    public int Acknowledged => sender!.Acknowledged;

    public bool IsBusy => !sending.IsCompleted;

    /// <summary>All that the clients were told until now.</summary>
    public IReadOnlyList<Answer> Answers => [.. sender!.Log.Answers];

    public async Task Start()
    {
        await Gateway.Start();
        Source = await Gateway.CreateSource("standard-webhooks");
        sender = new Sender(Source, []);
        sending = SendUntilEnough();
        await MoreAcknowledged();
    }

    /// <summary>Waits until commands have gone on.</summary>
    public Task MoreAcknowledged()
    {
        var enough = Acknowledged + 60;
        return Awaited.Until(() => Task.FromResult(Acknowledged >= enough), $"{enough} acknowledgements");
    }

    public async Task Finish()
    {
        isEnough = true;
        await sending;
        sender!.Answers.ShouldBeEmpty();
        sender.IsDone.ShouldBeTrue();
    }

    /// <summary>
    /// A restored journal, as it stands, has what was acknowledged before the backup's moment: whole, once, in order.
    /// </summary>
    public async Task<JournalAudit> Judge(DbConnection restored, IEnumerable<Answer> before)
    {
        await restored.OpenAsync();
        var audit = JournalAudit.Of(await JournalCopy.Read(restored), Source.Id, [.. sender!.Operations], before);
        audit.Violations.ShouldBeEmpty();
        return audit;
    }

    /// <summary>
    /// A process on the restored journal recognises what it has, takes what it has not, and shows on its board what the
    /// journal says.
    /// </summary>
    public async Task GoesOn(GatewayProcess process, IReadOnlyList<Answer> before, Func<DbConnection> open)
    {
        using var again = new Sender(Source with { Url = process.Url + new Uri(Source.Url).AbsolutePath }, families);
        var repeats = await again.Repeat(before.Select(answer => answer.Operation));
        foreach (var (first, (second, text)) in before.Zip(repeats))
        {
            second.ShouldNotBeNull(text).Version.ShouldBe(first.Version);
            (second.Outcome ?? "repeated").ShouldBe("repeated");
        }

        // What the backup does not have is sent again, and some of it may be there all the same.
        foreach (var operation in again.Operations)
        {
            again.Log.Invoke(operation);
        }
        await again.SendAll(CancellationToken.None);
        again.Answers.ShouldBeEmpty();
        var all = again.Log.Answers.ToList();
        using var client = process.Client();
        IReadOnlyList<Violation> differences = [];
        await Awaited.Until(
            async () =>
            {
                await using var journal = open();
                var audit = await Judge(journal, all);
                audit.CheckAtRest(DateTimeOffset.MinValue);
                differences = [.. audit.Violations, .. await BoardAudit.Compare(client, audit)];
                return differences.Count == 0;
            },
            "the board and the follow-ups to be what the journal says"
        );
    }

    private async Task SendUntilEnough()
    {
        while (!isEnough && !stop.IsCancellationRequested && sender!.Answers.Length == 0)
        {
            var next = Family.Many(PartnersAtOnce, $"b{families.Count}");
            families.AddRange(next);
            sender.Add(next);
            await sender.SendAll(stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await sending;
        await Gateway.DisposeAsync();
        sender?.Dispose();
        stop.Dispose();
    }
}
