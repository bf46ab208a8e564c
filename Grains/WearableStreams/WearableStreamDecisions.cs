using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.WearableStreams;

internal static class WearableStreamDecisions
{
    public const string StaleDeadline = "stale";
    public const string SteadyDeadline = "steady";
    public const string BackfillDeadline = "backfill-quiet";

    public static Decision Decide(WearableStreamView? stream, ICommand command, DecisionContext context) =>
        (stream, command) switch
        {
            (_, OpenStream c) => Open(stream, c, context),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            (_, FollowConsent c) => c.Serial <= stream.Serial ? Decision.Nothing : Follow(stream, c, context),
            (_, StoreSamples c) when !stream.IsAllowed => Decision.Accept(
                new SamplesRefused(c.Blocks.Sum(block => block.Count), context.Now)
            ),
            (_, StoreSamples c) => Store(stream, c, context),
            (_, DisconnectStream) when stream.Status is StreamStatus.Disconnected => Decision.Nothing,
            (_, DisconnectStream c) => Disconnect(c.Reason, context),
            (_, StartBackfill c) => Decision
                .Accept(new BackfillStarted(c.From, context.Now))
                .WithDeadline(BackfillDeadline, context.Now + WearableStreamLimits.BackfillQuiet),
            (_, CompleteBackfill c) => CompleteBackfill(stream, c.Measure, context),
            (_, DeadlineReached c) => Remind(stream, c, context),
            (_, AuthoriseStream or RenewTokens or RequestFetch or FetchPast or RecordFetch) => StreamFetches.Decide(
                stream,
                command,
                context
            ),
            _ => throw Unhandled.Command(WearableStreamKey.Kind, command),
        };

    private static Decision Open(WearableStreamView? stream, OpenStream command, DecisionContext context)
    {
        var events = new List<IEvent>();
        if (stream is null || stream.Purpose != command.Purpose || stream.Status == StreamStatus.Disconnected)
        {
            events.Add(new StreamOpened(command.Purpose, context.Now));
        }

        if (stream is null)
        {
            events.Add(Enter(Phase.Discovery, context));
        }

        if (stream?.User != command.User)
        {
            events.Add(new StreamUserNamed(command.User));
        }

        if (stream is { Status: StreamStatus.Disconnected, IsAllowed: true })
        {
            // Connected again, under the consent that was in force all the time.
            events.Add(new FlowAllowed(stream.Serial, context.Now));
        }

        return Decision.Accept(events);
    }

    private static Decision Store(WearableStreamView stream, StoreSamples command, DecisionContext context)
    {
        if (command.Blocks.Count + command.Deleted.Count + command.SetAside.Count == 0)
        {
            return Decision.Nothing;
        }

        var newest = command.Blocks.Select(block => block.Last).DefaultIfEmpty().Max();
        var isBackfill = command.Blocks.Count > 0 && newest < context.Now - WearableStreamLimits.LiveWithin;
        var events = new List<IEvent>
        {
            new SamplesStored(command.Blocks, command.Deleted, command.SetAside, isBackfill, context.Now),
        };
        if (isBackfill)
        {
            Reach(Phase.Integration);
            return Decision
                .Accept(events)
                .WithDeadline(BackfillDeadline, context.Now + WearableStreamLimits.BackfillQuiet);
        }

        if (command.Blocks.Count == 0)
        {
            return Decision.Accept(events);
        }

        var becomesLive = stream.Status != StreamStatus.Live;
        if (becomesLive)
        {
            events.Add(new StreamWentLive(context.Now));
        }

        Reach(Phase.Launch);
        var decision = Decision
            .Accept(events)
            .WithDeadline(StaleDeadline, context.Now + WearableStreamLimits.StaleAfter);
        return becomesLive && stream.Lifecycle.Current.Phase < Phase.Scale
            ? decision.WithDeadline(SteadyDeadline, context.Now + WearableStreamLimits.SteadyAfter)
            : decision;

        void Reach(Phase phase)
        {
            for (var next = stream.Lifecycle.Current.Phase + 1; next <= phase; next++)
            {
                events.Add(Enter(next, context));
            }
        }
    }

    private static Decision CompleteBackfill(WearableStreamView stream, Measure? measure, DecisionContext context) =>
        Decision.Accept([
            .. stream
                .Watermarks.Where(mark => mark.BackfilledAt is null && (measure is null || mark.Measure == measure))
                .Select(mark => new BackfillCompleted(mark.Measure, context.Now)),
        ]);

    private static Decision Remind(WearableStreamView stream, DeadlineReached reached, DecisionContext context) =>
        reached.Name switch
        {
            StaleDeadline when stream.Status == StreamStatus.Live => Decision
                .Accept(new StreamWentStale(context.Now))
                .WithoutDeadline(SteadyDeadline),
            SteadyDeadline when stream is { Status: StreamStatus.Live, Lifecycle.Current.Phase: Phase.Launch } =>
                Decision.Accept(Enter(Phase.Scale, context)),
            // What is fetched is complete when all of it was fetched, not when nothing comes.
            BackfillDeadline when stream.Past.Count > 0 => Decision.Nothing,
            BackfillDeadline => CompleteBackfill(stream, measure: null, context),
            StreamFetches.Deadline => StreamFetches.Begin(stream, context),
            _ => Decision.Nothing,
        };

    /// <summary>Nothing more comes, and nothing is asked for.</summary>
    public static Decision Disconnect(string reason, DecisionContext context) =>
        Standing(Decision.Accept(new StreamDisconnected(reason, context.Now))).WithoutDeadline(StreamFetches.Deadline);

    private static Decision Follow(WearableStreamView stream, FollowConsent command, DecisionContext context) =>
        command.IsAllowed
            ? StreamFetches.Schedule(stream, Decision.Accept(new FlowAllowed(command.Serial, context.Now)), context)
            : Standing(
                StreamFetches.Schedule(
                    stream,
                    Decision.Accept([
                        new FlowStopped(command.Serial, context.Now),
                        .. StreamFetches.Deregister(stream, context),
                    ]),
                    context
                )
            );

    /// <summary>What does not flow goes neither stale nor steady.</summary>
    private static Decision Standing(Decision decision) =>
        decision.WithoutDeadline(StaleDeadline).WithoutDeadline(SteadyDeadline);

    /// <summary>Phases of a stream have no checklist, and so nothing that a blueprint would lay down.</summary>
    private static PhaseEntered Enter(Phase phase, DecisionContext context) =>
        new(phase, context.Now, DueAt: null, Items: [], context.Blueprint?.Version ?? 0);
}
