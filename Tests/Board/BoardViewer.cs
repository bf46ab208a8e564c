using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.Board;
using Shouldly;

namespace EcosystemSilo.Tests.Board;

/// <summary>
/// A viewer as the contract describes it: keeps cards by id and a version, applies deltas that follow it.
/// </summary>
internal sealed class BoardViewer
{
    private readonly Dictionary<string, string> cards = new(StringComparer.Ordinal);

    public long Version { get; private set; } = -1;

    public int Snapshots { get; private set; }

    public int Deltas { get; private set; }

    public Dictionary<string, string> Cards => cards;

    public void Take(BoardJson snapshot) => Take(Root(snapshot));

    public void Take(JsonElement board)
    {
        cards.Clear();
        foreach (var column in board.GetProperty("columns").EnumerateArray())
        {
            foreach (var card in column.GetProperty("cards").EnumerateArray())
            {
                card.GetProperty("phase").GetString().ShouldBe(column.GetProperty("phase").GetString());
                cards.Add(card.GetProperty("id").GetString()!, card.GetRawText());
            }
        }

        Version = board.GetProperty("version").GetInt64();
        Snapshots++;
    }

    public void Apply(BoardJson delta) => Apply(Root(delta));

    public void Apply(JsonElement delta)
    {
        delta.GetProperty("from").GetInt64().ShouldBeLessThanOrEqualTo(Version);
        var version = delta.GetProperty("version").GetInt64();
        version.ShouldBeGreaterThan(Version);
        foreach (var card in delta.GetProperty("upserts").EnumerateArray())
        {
            cards[card.GetProperty("id").GetString()!] = card.GetRawText();
        }

        foreach (var id in delta.GetProperty("removes").EnumerateArray())
        {
            cards.Remove(id.GetString()!).ShouldBeTrue($"Card {id} was removed without having been shown.");
        }

        Version = version;
        Deltas++;
    }

    public static JsonElement Root(BoardJson json) => JsonDocument.Parse(json.Utf8).RootElement;
}
