namespace EcosystemSilo.LoadTests.Chaos.Audit;

/// <summary>What an audit can find, each a promise broken in one way.</summary>
internal enum Finding
{
    /// <summary>Promise 1: acknowledged, and not in the journal.</summary>
    AcknowledgedIsLost,

    /// <summary>Promise 1: acknowledged at another version than the journal has.</summary>
    AcknowledgedAtWrongVersion,

    /// <summary>Promise 2: an operation has had its effect more than once.</summary>
    EffectIsDoubled,

    /// <summary>Promise 2: an operation is in the inbox and its effect is not in the journal.</summary>
    EffectIsMissing,

    /// <summary>Promise 2: an event that nobody asked for.</summary>
    EffectOutOfNowhere,

    /// <summary>Promise 2: a repeat did not get the first answer.</summary>
    RepeatIsAnsweredDifferently,

    /// <summary>Promise 2: the same id with another body was taken.</summary>
    ReusedIdIsTaken,

    /// <summary>Promise 3: the versions of a grain are not 1 to n.</summary>
    VersionsHaveAGap,

    /// <summary>Promise 3: an event that can only have been decided on a state that was no longer true.</summary>
    DecidedOnStaleState,

    /// <summary>Promise 3: events of a grain stand in an order in which they cannot have happened.</summary>
    EventsAreOutOfOrder,

    /// <summary>Promise 4: positions are not 1 to n.</summary>
    PositionsHaveAGap,

    /// <summary>Promise 4: a reader went past an event without doing what follows from it.</summary>
    ReaderSkippedAnEvent,

    /// <summary>Promise 5: a time that was set is not stored, or not as it was set.</summary>
    DeadlineIsLost,

    /// <summary>Promise 5: a deadline's time has come, and nothing happened.</summary>
    DeadlineIsMissed,

    /// <summary>Promise 5: a deadline has had its effect more than once.</summary>
    DeadlineIsDoubled,

    /// <summary>Promise 6: the board does not show what follows from the journal.</summary>
    BoardDiffers,

    /// <summary>Promise 6: a board's version went back.</summary>
    BoardWentBack,

    /// <summary>Promise 6: a list does not hold what follows from the journal.</summary>
    ListDiffers,

    /// <summary>Promise 8: the counts of the source do not add up to what its sender knows.</summary>
    DeliveriesAreUnaccountedFor,

    /// <summary>An answer that no operation of ours should get.</summary>
    AnswerIsUnexpected,
}

/// <summary>What was found, and where.</summary>
internal sealed record Violation(Finding Finding, string Text)
{
    public override string ToString() => $"{Finding}: {Text}";
}
