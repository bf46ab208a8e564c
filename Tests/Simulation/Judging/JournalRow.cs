using System.Text.Json;
using EcosystemSilo.Journal.Memory;

namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>An event as it stands in the journal, read with none of the product's code.</summary>
internal sealed record JournalRow(
    long Position,
    string Grain,
    long Version,
    string Name,
    JsonElement Data,
    DateTimeOffset At,
    string Command,
    string Actor
)
{
    public string Ecosystem { get; } = Grain.Split('/')[0];

    public string Kind { get; } = Grain.Split('/')[1];

    /// <summary>The grain's id within its ecosystem and kind.</summary>
    public string Id { get; } = Grain.Split('/')[2];

    public static IReadOnlyList<JournalRow> All(MemoryDisk disk) =>
        [
            .. disk.AllEvents(afterPosition: 0, int.MaxValue)
                .Select(recorded => new JournalRow(
                    recorded.Position,
                    recorded.Grain,
                    recorded.Version,
                    recorded.Name,
                    JsonElement.Parse(recorded.Payload.Span),
                    recorded.At,
                    recorded.CommandId,
                    recorded.Actor
                )),
        ];

    public string Text(string property) => Data.GetProperty(property).GetString()!;

    public string? TextOrNull(string property) =>
        Data.TryGetProperty(property, out var value) ? value.GetString() : null;

    public DateTimeOffset? TimeOrNull(string property) =>
        Data.TryGetProperty(property, out var value) ? value.GetDateTimeOffset() : null;

    public override string ToString() => $"{Name} at position {Position} ({Grain} version {Version}, {Command})";
}
