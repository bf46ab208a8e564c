using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;

namespace EcosystemSilo.Silo.Calls;

/// <summary>
/// Grains as callers know them: turns calls into envelopes, and asks again where an activation said that it was behind.
/// How an envelope reaches its grain is left to those who derive.
/// </summary>
internal abstract class CallingGrains(TimeProvider clock) : IGrains
{
    public Task<Reply> Ask(GrainKey key, ICommand command, Ask ask, CancellationToken cancellation)
    {
        var asking = AskUntilDecided(key, new Envelope(command) { Target = key, Ask = ask }, ask.Patience);
        // It abandons the answer, never the command.
        return cancellation.CanBeCanceled ? asking.WaitAsync(cancellation) : asking;
    }

    public async Task<Versioned<TView>?> Read<TView>(GrainKey key, ReadAt at, CancellationToken cancellation)
        where TView : class, IView
    {
        var since = clock.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var left = at.Patience - clock.GetElapsedTime(since);
            var which = new Envelope(Message: null) { Target = key, At = at with { Patience = Shorter(left) } };
            var answer = await Read(key, which).WaitAsync(cancellation);
            switch (answer.Message)
            {
                case RunAgain when attempt < Limits.AttemptsMax:
                    break;
                case Outcome outcome:
                    throw Told(key, outcome);
                case null when answer.Version >= at.AtLeast || left <= TimeSpan.Zero:
                    return null;
                case IView view when answer.Version >= at.AtLeast || left <= TimeSpan.Zero:
                    return new Versioned<TView>(answer.Version!.Value, (TView)view);
                default:
                    attempt = 0;
                    break;
            }
        }
    }

    /// <summary>Brings a command to its grain, and what becomes of it back.</summary>
    /// <exception cref="GrainUnavailableException">Nobody answered in time.</exception>
    protected abstract Task<Envelope> Ask(GrainKey key, Envelope command, TimeSpan patience);

    /// <inheritdoc cref="Ask(GrainKey, Envelope, TimeSpan)"/>
    protected abstract Task<Envelope> Read(GrainKey key, Envelope which);

    /// <summary>A command was answered; what this process knows of the grain may be old now.</summary>
    protected virtual void Committed(GrainKey key) { }

    private async Task<Reply> AskUntilDecided(GrainKey key, Envelope command, TimeSpan? patience)
    {
        var conflicts = 0;
        for (var attempt = 0; attempt < Limits.AttemptsMax && conflicts <= Limits.ConflictRetriesMax; attempt++)
        {
            var answer = await Ask(key, command, patience ?? Limits.CallPatience);
            switch (answer.Message)
            {
                case Reply reply:
                    Committed(key);
                    return reply;
                case RunAgain again:
                    conflicts += again.Conflicted ? 1 : 0;
                    break;
                case var outcome:
                    throw Told(key, outcome);
            }
        }

        throw new GrainUnavailableException($"{key} kept changing under the command; send it again with the same id.");
    }

    private static TimeSpan Shorter(TimeSpan left) =>
        left <= TimeSpan.Zero ? TimeSpan.Zero
        : left < Limits.ReadWaitMax ? left
        : Limits.ReadWaitMax;

    private static Exception Told(GrainKey key, object? outcome) =>
        outcome switch
        {
            Unavailable unavailable => new GrainUnavailableException($"{key}: {unavailable.Reason}"),
            Overloaded overloaded => new GrainUnavailableException(overloaded.Reason),
            RunAgain => new GrainUnavailableException($"{key} kept changing; ask again."),
            Failed failed => new InvalidOperationException(failed.Message),
            _ => new InvalidOperationException($"{key} answered with {outcome}."),
        };
}
