using System.Text.Json;

namespace EcosystemSilo.Grains.Interfaces.Operations;

/// <summary>Whether a grain is in memory.</summary>
public enum GrainPlace
{
    Active,
    NotActive,

    /// <summary>Grains of its kind are loaded for a command and forgotten.</summary>
    NotKept,

    /// <summary>No silo could say.</summary>
    Unknown,
}

/// <summary>A grain as it stands in the journal, whether or not it is in memory.</summary>
/// <param name="Version">Of the newest event.</param>
/// <param name="State">The state's own JSON, secrets and personal fields included.</param>
/// <param name="Deadlines">What it sends itself later, earliest first.</param>
/// <param name="Silo">The address of the silo where it is active.</param>
public sealed record GrainLook(
    long Version,
    JsonElement State,
    IReadOnlyList<PendingDeadline> Deadlines,
    GrainPlace Place,
    string? Silo
);

/// <summary>A command that a grain will send itself.</summary>
public sealed record PendingDeadline(string Name, DateTimeOffset DueAt);

/// <summary>Who has a grain put out of memory, and why.</summary>
public sealed record Deactivation(string Actor, string Correlation, string Reason);
