using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Engines.Local;

/// <summary>
/// How an activation learns of what other processes commit to its grain. It only spares conflicts and stale reads: what
/// is missed or comes late is found by the version check.
/// </summary>
internal sealed partial class Activation
{
    /// <summary>The newest version the journal is known to have, when it could not be taken over at once.</summary>
    private long _seen;

    /// <summary>How often events of others were taken over; a decision made before does not hold.</summary>
    private int _takenOver;

    /// <summary>
    /// Told of every event of the grain. Own ones are known already. One of another process is taken over when nothing
    /// of ours is under way, and the activation is dropped when it missed some before it.
    /// </summary>
    public void Follow(RecordedEvent recorded)
    {
        lock (_gate)
        {
            if (_dropped || recorded.Version <= _committed.Version)
            {
                return;
            }

            if (!_isLoaded || _committing.Count > 0)
            {
                _seen = recorded.Version;
            }
            else if (recorded.Version == _committed.Version + 1 && GrainCodec.Knows(recorded))
            {
                TakeOver(GrainCodec.Advance(kind, _committed, recorded));
            }
            else
            {
                Drop();
            }
        }
    }

    /// <summary>Callers hold the gate. Whoever commits saves the snapshots, so that is not done twice.</summary>
    private void TakeOver(GrainState state)
    {
        _takenOver++;
        _working = _committed = state;
        _snapshotVersion = LastSnapshotBefore(state);
        _advanced?.TrySetResult();
        _advanced = null;
    }

    /// <summary>Begins with a loaded state. False when the journal is known to have more by now: load again.</summary>
    private bool Start(GrainState state)
    {
        lock (_gate)
        {
            if (state.Version < _seen)
            {
                return false;
            }

            _working = _committed = state;
            _snapshotVersion = LastSnapshotBefore(state);
            return _isLoaded = true;
        }
    }

    private static long LastSnapshotBefore(GrainState state) =>
        state.Version - (state.Version % Limits.EventsPerSnapshot);
}
