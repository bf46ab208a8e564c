using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Activations;

/// <summary>What a read found, or why it found nothing.</summary>
/// <param name="Instead">Null when the state was read.</param>
internal readonly record struct Reading(GrainState State, Outcome? Instead = null);

/// <summary>How the committed state is read.</summary>
internal sealed partial class GrainCore
{
    public async Task<Reading> Read(ReadAt at)
    {
        _reading++;
        try
        {
            await Loaded();
            if (IsAnotherThan(_committed, at))
            {
                return await Former(at);
            }

            // Nothing protects a read as the version check protects an append, so whoever may be behind looks.
            var mayBeBehind = _committed.Version < at.AtLeast || host.MayBeLeftBehind;
            if (IsOver || (mayBeBehind && await IsBehind(_committed.Version)))
            {
                return new Reading(GrainState.None, new RunAgain(Conflicted: false));
            }

            await Reached(at);
            if (IsOver)
            {
                return new Reading(GrainState.None, new RunAgain(Conflicted: false));
            }

            // It may have moved on since it was looked for.
            return IsAnotherThan(_committed, at) ? await Former(at) : new Reading(_committed);
        }
        catch (JournalUnavailableException)
        {
            return new Reading(GrainState.None, new Unavailable($"{key} could not be read from the journal."));
        }
        finally
        {
            _reading--;
        }
    }

    private static bool IsAnotherThan(GrainState state, ReadAt at) =>
        at.Exactly is { } exactly && exactly != state.Version;

    private async Task<Reading> Former(ReadAt at) =>
        new(await GrainHistories.LoadAt(host.Journal, kind, key, at.Exactly!.Value, CancellationToken.None));

    /// <summary>Waits for the version that is asked for, as long as the reader does.</summary>
    private async Task Reached(ReadAt at)
    {
        var since = host.Waits.GetTimestamp();
        while (_committed.Version < at.AtLeast && !IsOver)
        {
            var left = at.Patience - host.Waits.GetElapsedTime(since);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            try
            {
                await (_advanced ??= new TaskCompletionSource()).Task.WaitAsync(left, host.Waits);
            }
            catch (TimeoutException)
            {
                return;
            }

            await Loaded();
        }
    }

    /// <summary>
    /// Whether somebody else has moved the grain on. Appends find that out by their version check; whatever appends
    /// nothing looks. A core that turns out to be behind is over.
    /// </summary>
    /// <param name="known">The version that is relied on. What was decided since says nothing yet of the
    /// journal.</param>
    private async Task<bool> IsBehind(long known)
    {
        var chain = _chain;
        if (await host.Journal.ReadGrain(key.ToString(), known, 1, CancellationToken.None) is [])
        {
            return false;
        }

        if (_chain == chain && _working.Version == known)
        {
            End();
            return true;
        }

        // Events beyond what was known may be our own; then their commit proves that nobody else's came first.
        await _lastCommit;
        return IsOver || _chain != chain;
    }
}
