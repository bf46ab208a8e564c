using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EcosystemSilo.Grains.Interfaces.Operations;

namespace EcosystemSilo.Silo.Operations;

/// <summary>What a process says of itself when somebody looks.</summary>
/// <param name="Steps">What was measured of commands.</param>
/// <param name="Followed">The leases that it takes when they are free, and how far it follows under each.</param>
internal sealed record ProcessReport(
    ProcessView Process,
    IReadOnlyList<MeasuredStep> Steps,
    IReadOnlyList<Followed> Followed
);

/// <summary>How far a process has come that has the lease of this name, or would take it.</summary>
internal sealed record Followed(string Name, long Position);

/// <summary>A silo of the cluster, and its report when it answered.</summary>
internal sealed record SiloReport(
    string Name,
    string Address,
    MemberState State,
    DateTimeOffset? StartedAt,
    DateTimeOffset? LastSignAt,
    ProcessReport? Report
);

/// <summary>
/// Reports travel as JSON, so that silos of two releases understand of each other's what both know.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProcessReport))]
[JsonSerializable(typeof(IReadOnlyList<SiloReport>))]
[JsonSerializable(typeof(LogLevelChange))]
[JsonSerializable(typeof(IReadOnlyList<LogLevelOutcome>))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static byte[] Write<T>(T report, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(report, type);

    public static T Read<T>(byte[] report, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(report, type) ?? throw new JsonException("A report is null.");
}
