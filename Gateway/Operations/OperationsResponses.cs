using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Operations;

namespace EcosystemSilo.Gateway.Operations;

/// <summary>The installation at one moment.</summary>
/// <param name="DeadLetters">Webhook events that wait for somebody, by ecosystem.</param>
public sealed record OperationsResponse(OperationsView Cluster, IReadOnlyList<DeadLetterCount> DeadLetters);

/// <summary>How many dead letters an ecosystem has.</summary>
public sealed record DeadLetterCount(EcosystemId Ecosystem, int Count);

/// <summary>A grain as it stands in the journal. Secrets are hidden from everybody, and what describes a person from
/// whoever may not see people.</summary>
/// <param name="Kind">Its kind, for example <c>partner</c>.</param>
/// <param name="Version">Of the newest event.</param>
/// <param name="State">The state's own JSON.</param>
/// <param name="Deadlines">What it sends itself later, earliest first.</param>
/// <param name="Place">Whether it is in memory.</param>
/// <param name="Silo">The address of the silo where it is active.</param>
public sealed record GrainResponse(
    string Kind,
    string Id,
    long Version,
    JsonElement State,
    IReadOnlyList<PendingDeadline> Deadlines,
    GrainPlace Place,
    string? Silo
);

/// <summary>Where a grain was that was put out of memory; it comes back with the next call.</summary>
public sealed record DeactivatedResponse(GrainPlace Was);

/// <summary>The kinds of grain there are.</summary>
public sealed record GrainKindsResponse(IReadOnlyList<string> Kinds);
