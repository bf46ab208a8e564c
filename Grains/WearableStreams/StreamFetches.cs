using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.WearableStreams;

/// <summary>
/// What a stream's sender is to be asked for. A fetch waits here with the time of its next attempt; that time is the
/// deadline, so a process that dies in the middle of an attempt costs a delay. Consent and tokens are conditions of
/// every attempt, and when either goes all that waits goes with it.
/// </summary>
internal static class StreamFetches
{
    public const string Deadline = "fetch";

    /// <summary>Shown where a person must connect the source again.</summary>
    public const string Reauthorise = "reauthorise";

    public static Decision Decide(WearableStreamView stream, ICommand command, DecisionContext context) =>
        command switch
        {
            AuthoriseStream when !stream.IsAllowed => Decision.Refuse(
                Refusals.StatusForbids,
                "The person has not agreed to what the stream is for, so no tokens are kept."
            ),
            AuthoriseStream c => Decision.Accept(Authorise(stream, c, context)),
            RenewTokens c => stream.Authorisation?.Sealed == c.Replaced
                ? Decision.Accept(new StreamAuthorised(c.Sealed, context.Now))
                : Decision.Nothing,
            RequestFetch when !stream.IsAllowed => Decision.Accept(new SamplesRefused(0, context.Now)),
            RequestFetch c => Schedule(stream, Decision.Accept(Request(stream, c, context)), context),
            FetchPast { Resources.Count: 0 } => Decision.Nothing,
            FetchPast when stream is not { IsAllowed: true, Authorisation: not null } => Decision.Refuse(
                Refusals.StatusForbids,
                "The sender may not be asked; authorise the stream first."
            ),
            FetchPast c => Schedule(
                stream,
                Decision.Accept(
                    new BackfillStarted(c.From, context.Now),
                    new PastRequested(c.From, context.Now, c.Resources)
                ),
                context
            ),
            RecordFetch c => Record(stream, c, context),
            _ => throw Unhandled.Command(WearableStreamKey.Kind, command),
        };

    /// <summary>The attempts whose time has come.</summary>
    public static Decision Begin(WearableStreamView stream, DecisionContext context) =>
        Schedule(stream, Decision.Accept(), context);

    /// <summary>
    /// Adds to a decision what follows for fetches: the next slice of the past, the attempts that begin at once, and
    /// the deadline of the next.
    /// </summary>
    public static Decision Schedule(WearableStreamView stream, Decision decision, DecisionContext context)
    {
        var after = decision.Events.Aggregate(stream, WearableStream.Apply);
        var more = new List<IEvent>();
        Add(PastFetches.Next(after, context.Now));
        Add(
            after
                .Fetches.Where(fetch => fetch.DueAt <= context.Now)
                .Select(fetch => Attempt(fetch, context.Now))
                .ToList()
        );
        var all = Decision.Accept([.. decision.Events, .. more]);
        return after.Fetches.Count == 0
            ? all.WithoutDeadline(Deadline)
            : all.WithDeadline(Deadline, after.Fetches.Min(fetch => fetch.DueAt));

        void Add(IReadOnlyList<IEvent> events)
        {
            after = events.Aggregate(after, WearableStream.Apply);
            more.AddRange(events);
        }
    }

    /// <summary>Only a sender that has let us in can be told to stop.</summary>
    public static IEnumerable<IEvent> Deregister(WearableStreamView stream, DecisionContext context) =>
        stream.Authorisation is null ? [] : [new DeregistrationRequested(stream.NewestFetch + 1, context.Now)];

    /// <summary>All that waits, and the backfill with it.</summary>
    public static WearableStreamView Drop(WearableStreamView stream) => stream with { Fetches = [], Past = [] };

    public static bool Knows(IEvent happened) =>
        happened
            is StreamAuthorised
                or FetchRequested
                or FetchDue
                or FetchPostponed
                or FetchCompleted
                or FetchGivenUp
                or PastRequested
                or DeregistrationRequested;

    public static WearableStreamView Apply(WearableStreamView stream, IEvent happened) =>
        happened switch
        {
            StreamAuthorised e => stream with { Authorisation = new Authorisation(e.Sealed, e.At) },
            FetchRequested e => Wait(
                stream with
                {
                    Fetches = [.. stream.Fetches.Where(fetch => !IsSame(fetch, e.Resource, e.Id, e.From, e.To))],
                },
                new PendingFetch(e.Number, e.Resource, e.Id, e.From, e.To, e.Version, e.IsPast, e.At, e.DueAt)
            ),
            DeregistrationRequested e => Wait(
                stream,
                new PendingFetch(
                    e.Number,
                    PendingFetch.Deregister,
                    Id: null,
                    From: null,
                    To: null,
                    Version: 0,
                    IsPast: false,
                    e.At,
                    e.At
                )
            ),
            FetchDue e => Change(stream, e.Number, fetch => fetch with { Attempts = e.Attempt, DueAt = e.LostAt }),
            FetchPostponed e => Change(
                stream,
                e.Number,
                fetch =>
                    fetch with
                    {
                        Failures = fetch.Failures + (e.IsFailure ? 1 : 0),
                        DueAt = e.NextAt,
                        Trouble = e.Reason,
                    }
            ),
            FetchCompleted e => PastFetches.Reach(Remove(stream, e.Number), Find(stream, e.Number)),
            FetchGivenUp e => PastFetches.Break(Remove(stream, e.Number), Find(stream, e.Number), e.Reason) with
            {
                FetchesGivenUp = stream.FetchesGivenUp + 1,
                WhyNotFetched = e.Reason,
            },
            PastRequested e => PastFetches.Start(stream, e),
            _ => throw Unhandled.Event(WearableStreamKey.Kind, happened),
        };

    private static IReadOnlyList<IEvent> Authorise(
        WearableStreamView stream,
        AuthoriseStream command,
        DecisionContext context
    ) =>
        stream.Status == StreamStatus.Disconnected
            ?
            [
                new StreamOpened(stream.Purpose, context.Now),
                new FlowAllowed(stream.Serial, context.Now),
                new StreamAuthorised(command.Sealed, context.Now),
            ]
            : [new StreamAuthorised(command.Sealed, context.Now)];

    private static IEvent Request(WearableStreamView stream, RequestFetch command, DecisionContext context)
    {
        var same = stream.Fetches.FirstOrDefault(fetch =>
            IsSame(fetch, command.Resource, command.Id, command.From, command.To)
        );
        if (stream.Authorisation is null || (same is null && stream.Fetches.Count >= WearableStreamLimits.FetchesMax))
        {
            var reason = stream.Authorisation is null ? "not-authorised" : "too-many-fetches";
            return new FetchGivenUp(Number: 0, reason, context.Now);
        }

        var isExact = command.Id is not null && command.Version > 0;
        return new FetchRequested(
            stream.NewestFetch + 1,
            command.Resource,
            command.Id,
            command.From,
            command.To,
            Math.Max(command.Version, same?.Version ?? 0),
            IsPast: false,
            isExact ? context.Now : context.Now + WearableStreamLimits.FetchSettling,
            context.Now
        );
    }

    /// <summary>Attempts of which nothing is ever heard must end as well.</summary>
    private static IEvent Attempt(PendingFetch fetch, DateTimeOffset now) =>
        now - fetch.RequestedAt > WearableStreamLimits.FetchGivenUpAfter
            ? new FetchGivenUp(fetch.Number, fetch.Trouble ?? "lost", now)
            : new FetchDue(fetch.Number, fetch.Attempts + 1, now + WearableStreamLimits.FetchLostAfter);

    private static Decision Record(WearableStreamView stream, RecordFetch command, DecisionContext context)
    {
        if (Find(stream, command.Number) is not { } fetch || fetch.Attempts != command.Attempt)
        {
            return Decision.Nothing;
        }

        var reason = command.Reason ?? $"{command.Outcome}".ToLowerInvariant();
        return command.Outcome switch
        {
            FetchOutcome.Unauthorised when !fetch.IsDeregistration => WearableStreamDecisions.Disconnect(
                Reauthorise,
                context
            ),
            // A sender that does not know the tokens sends nothing for them.
            FetchOutcome.Done or FetchOutcome.Unauthorised => Completed(stream, fetch, context),
            FetchOutcome.Impossible => GiveUp(),
            _ when FetchSchedule.Next(context, fetch, command) is { } next => Schedule(
                stream,
                Decision.Accept(
                    new FetchPostponed(fetch.Number, command.Outcome == FetchOutcome.Failed, reason, next, context.Now)
                ),
                context
            ),
            _ => GiveUp(),
        };

        Decision GiveUp() =>
            Schedule(stream, Decision.Accept(new FetchGivenUp(fetch.Number, reason, context.Now)), context);
    }

    private static Decision Completed(WearableStreamView stream, PendingFetch fetch, DecisionContext context)
    {
        var completed = new FetchCompleted(fetch.Number, context.Now);
        var after = Apply(stream, completed);
        return Schedule(
            stream,
            Decision.Accept([completed, .. PastFetches.Completed(stream, after, context.Now)]),
            context
        );
    }

    private static bool IsSame(
        PendingFetch fetch,
        string resource,
        string? id,
        DateTimeOffset? from,
        DateTimeOffset? to
    ) => fetch.Resource == resource && fetch.Id == id && fetch.From == from && fetch.To == to;

    private static PendingFetch? Find(WearableStreamView stream, long number) =>
        stream.Fetches.FirstOrDefault(fetch => fetch.Number == number);

    private static WearableStreamView Wait(WearableStreamView stream, PendingFetch fetch) =>
        stream with
        {
            Fetches = [.. stream.Fetches, fetch],
            NewestFetch = fetch.Number,
        };

    /// <summary>Of a person who was erased the fetch itself cannot be read any more.</summary>
    private static WearableStreamView Change(
        WearableStreamView stream,
        long number,
        Func<PendingFetch, PendingFetch> change
    ) => stream with { Fetches = [.. stream.Fetches.Select(fetch => fetch.Number == number ? change(fetch) : fetch)] };

    /// <summary>What is told, or cannot be told, needs no tokens any more.</summary>
    private static WearableStreamView Remove(WearableStreamView stream, long number) =>
        stream with
        {
            Fetches = [.. stream.Fetches.Where(fetch => fetch.Number != number)],
            Authorisation = Find(stream, number) is { IsDeregistration: true } ? null : stream.Authorisation,
        };
}
