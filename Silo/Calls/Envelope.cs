using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Silo.Calls;

/// <summary>
/// What goes to a grain and comes back: a message and what belongs to it. Within a process it is handed over as it is,
/// since everything in it is immutable; between processes it travels as <see cref="EnvelopeCodec"/> writes it.
/// </summary>
/// <param name="Message">A command, an outcome or a view; null for a read, and for the view of a grain without
/// events.</param>
internal sealed record Envelope(object? Message)
{
    /// <summary>The grain that is asked. Its activation alone does not tell for kinds that are not kept.</summary>
    public GrainKey? Target { get; init; }

    /// <summary>The circumstances of a command.</summary>
    public Ask? Ask { get; init; }

    /// <summary>Which state is read.</summary>
    public ReadAt? At { get; init; }

    /// <summary>The version of a view.</summary>
    public long? Version { get; init; }
}
