using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo;

/// <summary>
/// The journal has an event that this build cannot read: a newer one wrote it. Nothing that follows the journal may go
/// on past it, and nothing may be decided without it.
/// </summary>
internal sealed class UnknownEventException(RecordedEvent recorded)
    : Exception(
        $"{recorded.Grain} has an event {recorded.Name} v{recorded.Shape} at version {recorded.Version} (position "
            + $"{recorded.Position}) that this build does not know: a newer version of the product wrote it, so run that "
            + "version."
    );
