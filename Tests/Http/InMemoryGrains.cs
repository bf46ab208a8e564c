using System.Collections.Concurrent;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Tests.Http;

/// <summary>
/// A stand-in behind the waist that keeps its promises in a dictionary: versions, the inbox, expected versions. It
/// knows just enough of partners and keys for tests of the gateway alone.
/// </summary>
internal sealed class InMemoryGrains : IGrains, IKnownViews
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly Dictionary<GrainKey, List<IView>> _views = [];
    private readonly Dictionary<(string, string), (string Hash, Accepted Reply)> _inbox = [];

    public ConcurrentQueue<Ask> Asked { get; } = new();

    /// <summary>Set to make every call fail, as it does when the journal is gone.</summary>
    public Exception? Fault { get; set; }

    public Task<Reply> Ask(GrainKey key, ICommand command, Ask ask, CancellationToken cancellation)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        Asked.Enqueue(ask);
        lock (_lock)
        {
            return Task.FromResult(Handle(key, command, ask));
        }
    }

    public Task<Versioned<TView>?> Read<TView>(GrainKey key, ReadAt at, CancellationToken cancellation)
        where TView : class, IView
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        lock (_lock)
        {
            var views = _views.GetValueOrDefault(key, []);
            var version = at.Exactly ?? views.Count;
            return Task.FromResult(version == 0 ? null : new Versioned<TView>(version, (TView)views[(int)version - 1]));
        }
    }

    public bool IsCurrent => true;

    public TView? Known<TView>(GrainKey key)
        where TView : class, IView
    {
        lock (_lock)
        {
            return Fault is null ? (TView?)_views.GetValueOrDefault(key, []).LastOrDefault() : null;
        }
    }

    public async ValueTask<TView?> Find<TView>(GrainKey key, CancellationToken cancellation)
        where TView : class, IView => (await Read<TView>(key, ReadAt.Newest, cancellation))?.View;

    private Reply Handle(GrainKey key, ICommand command, Ask ask)
    {
        var hash = Convert.ToHexString(ask.Hash.Span);
        if (_inbox.TryGetValue((ask.Scope, ask.Id), out var known))
        {
            return known.Hash == hash
                ? known.Reply with
                {
                    Repeated = true,
                }
                : new Refused(new Refusal(Refusals.IdReused, "The id was used for another request."));
        }

        var views = _views.GetValueOrDefault(key, []);
        if (ask.ExpectedVersion is { } expected && expected != views.Count)
        {
            return new Refused(new Refusal(Refusals.VersionMismatch, $"It is at version {views.Count}."));
        }

        var (view, refusal) = Decide(key, views.LastOrDefault(), command, ask);
        if (refusal is not null)
        {
            return new Refused(refusal);
        }

        views.Add(view!);
        _views[key] = views;
        var reply = new Accepted(key, views.Count, Repeated: false);
        _inbox[(ask.Scope, ask.Id)] = (hash, reply);
        return reply;
    }

    private static (IView?, Refusal?) Decide(GrainKey key, IView? view, ICommand command, Ask ask) =>
        (view, command) switch
        {
            (null, RegisterPartner register) => (Begin(register), null),
            (null, IssueApiKey issue) => (Issued(issue), null),
            (null, _) => (null, Refusals.Missing(key)),
            (_, RegisterPartner or IssueApiKey) => (null, Refusals.Exists(key)),
            (ApiKeyView apiKey, RevokeApiKey) => (apiKey with { RevokedAt = At }, null),
            (PartnerView partner, CompleteItem complete) => Complete(partner, complete, ask),
            (PartnerView partner, AdvancePhase) => Advance(partner),
            _ => throw new InvalidOperationException($"{command.GetType().Name} is not known here."),
        };

    private static PartnerView Begin(RegisterPartner register) =>
        new(
            register.Name,
            register.Category,
            register.Region,
            new TierId("silver"),
            new LifecycleView(
                [new PhaseVisit(Phase.Discovery, At, At.AddDays(14))],
                [new ChecklistItem(new ItemId("kickoff"), "Hold the kick-off", Phase.Discovery, Required: true)]
            )
        );

    private static ApiKeyView Issued(IssueApiKey issue) =>
        new(issue.Name, issue.Role, issue.Partner, issue.Hash, issue.Prefix, At, issue.ExpiresAt, RevokedAt: null);

    private static (IView?, Refusal?) Complete(PartnerView partner, CompleteItem complete, Ask ask)
    {
        if (partner.Lifecycle.Checklist.All(item => item.Item != complete.Item))
        {
            return (null, new Refusal(Refusals.ItemUnknown, $"There is no item '{complete.Item}'.", "item"));
        }

        var checklist = partner.Lifecycle.Checklist.Select(item =>
            item.Item == complete.Item ? item with { DoneAt = At, DoneBy = ask.Actor } : item
        );
        return (partner with { Lifecycle = partner.Lifecycle with { Checklist = [.. checklist] } }, null);
    }

    private static (IView?, Refusal?) Advance(PartnerView partner)
    {
        if (partner.Lifecycle.Checklist.Any(item => item.DoneAt is null))
        {
            return (null, new Refusal(Refusals.GateNotMet, "The kick-off is still to be held."));
        }

        var next = new PhaseVisit(partner.Lifecycle.Current.Phase + 1, At, DueAt: null);
        return (
            partner with
            {
                Lifecycle = partner.Lifecycle with { Visits = [.. partner.Lifecycle.Visits, next] },
            },
            null
        );
    }
}
