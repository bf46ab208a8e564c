using System.Text.Json;
using System.Text.Json.Serialization;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Grains.Interfaces.Board;

/// <summary>What the cards of a board stand for.</summary>
public enum BoardKind
{
    Partners,
    Deals,
    Programs,
}

/// <summary>One phase of the board.</summary>
/// <param name="Overdue">How many of the cards are overdue.</param>
/// <param name="MedianDays">Median of the days that its cards have been in the phase; 0 for an empty column.</param>
/// <param name="Cards">Overdue ones first, then by how long they have been in the phase.</param>
public sealed record BoardColumn(Phase Phase, int Count, int Overdue, double MedianDays, IReadOnlyList<Card> Cards);

/// <summary>The whole board at a version, which is a position of the journal and only moves forward.</summary>
public sealed record BoardSnapshot(long Version, BoardKind Kind, IReadOnlyList<BoardColumn> Columns);

/// <summary>What changed on the board since a version.</summary>
/// <param name="From">The version that the delta follows; whoever is behind it needs a snapshot.</param>
/// <param name="Upserts">Cards that are new or changed, each in its last state.</param>
/// <param name="Removes">Ids of cards that left the board or stopped matching.</param>
/// <param name="Correlation">That of the request behind the changes, when there was only one.</param>
public sealed record BoardDelta(
    long Version,
    long From,
    IReadOnlyList<Card> Upserts,
    IReadOnlyList<string> Removes,
    string? Correlation = null
);

/// <summary>
/// A <see cref="BoardSnapshot"/> or <see cref="BoardDelta"/> as UTF-8 JSON: written once, sent to everybody who watches
/// the same thing.
/// </summary>
[JsonConverter(typeof(BoardJsonAsIs))]
public sealed record BoardJson(long Version, ReadOnlyMemory<byte> Utf8);

/// <summary>Writes a board's bytes as they are.</summary>
public sealed class BoardJsonAsIs : JsonConverter<BoardJson>
{
    public override BoardJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Boards are only written.");

    public override void Write(Utf8JsonWriter writer, BoardJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}

[JsonSerializable(typeof(BoardSnapshot))]
[JsonSerializable(typeof(BoardDelta))]
[JsonSerializable(typeof(BoardJson))]
[JsonSerializable(typeof(BoardFilter))]
internal sealed partial class BoardContext : JsonSerializerContext;
