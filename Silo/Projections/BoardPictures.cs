using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Silo.Projections;

/// <summary>
/// Draws snapshots, and keeps the last one of everything for the next viewer who asks at the same version.
/// </summary>
internal sealed class BoardPictures(BoardKind kind, TimeProvider time)
{
    private sealed record Picture(BoardJson Json, long DrawnAt);

    private static readonly Phase[] Phases = Enum.GetValues<Phase>();

    private readonly Lock gate = new();
    private Picture? everything;

    /// <summary>
    /// A kept picture that is good enough: of this version, or so young that its changes are on their way.
    /// </summary>
    public BoardJson? Find(BoardScope scope, long version)
    {
        if (!IsEverything(scope) || Volatile.Read(ref everything) is not { } kept)
        {
            return null;
        }

        var age = time.GetElapsedTime(kept.DrawnAt);
        var allowed = kept.Json.Version == version ? ProjectionLimits.BoardSnapshotKept : ProjectionLimits.BoardPulse;
        return age < allowed ? kept.Json : null;
    }

    public BoardJson Draw(BoardScope scope, long version, Card[] cards)
    {
        var now = time.GetUtcNow();
        var shown = cards.Where(scope.Shows).ToLookup(card => card.Phase);
        var columns = Phases.Select(phase => Column(phase, [.. shown[phase]], now)).ToArray();
        var json = new BoardSnapshot(version, kind, columns).Write();
        if (IsEverything(scope))
        {
            Keep(new Picture(json, time.GetTimestamp()));
        }

        return json;
    }

    /// <summary>
    /// Drawing takes a while, so an older picture may be done after a newer one; it must not replace it.
    /// </summary>
    private void Keep(Picture drawn)
    {
        lock (gate)
        {
            if (everything is null || everything.Json.Version <= drawn.Json.Version)
            {
                everything = drawn;
            }
        }
    }

    private static BoardColumn Column(Phase phase, Card[] cards, DateTimeOffset now)
    {
        Array.Sort(cards, OverdueThenOldest);
        var ages = cards.Select(card => (now - card.Since).TotalDays).Order().ToArray();
        var median = ages.Length == 0 ? 0 : (ages[(ages.Length - 1) / 2] + ages[ages.Length / 2]) / 2;
        return new BoardColumn(phase, cards.Length, cards.Count(card => card.Overdue), Math.Round(median, 1), cards);
    }

    private static int OverdueThenOldest(Card one, Card other) =>
        one.Overdue != other.Overdue ? other.Overdue.CompareTo(one.Overdue)
        : one.Since != other.Since ? one.Since.CompareTo(other.Since)
        : string.CompareOrdinal(one.Id, other.Id);

    private static bool IsEverything(BoardScope scope) => scope.Only is null && scope.Filter == BoardFilter.Everything;
}

internal static class BoardWriting
{
    public static BoardJson Write(this BoardSnapshot snapshot) =>
        new(snapshot.Version, JsonSerializer.SerializeToUtf8Bytes(snapshot, Wire.Options));

    public static BoardJson Write(this BoardDelta delta) =>
        new(delta.Version, JsonSerializer.SerializeToUtf8Bytes(delta, Wire.Options));

    /// <summary>Whether a viewer with this scope may and wants to see the card.</summary>
    public static bool Shows(this BoardScope scope, Card? card) =>
        card is not null && (scope.Only is null || scope.Only == card.Owner) && card.Matches(scope.Filter);

    private static bool Matches(this Card card, BoardFilter filter) =>
        (filter.Phase is null || filter.Phase == card.Phase)
        && (filter.Tier is null || filter.Tier == TierOf(card))
        && (filter.Category is null || filter.Category == CategoryOf(card))
        && (string.IsNullOrEmpty(filter.Text) || card.Mentions(filter.Text));

    public static bool Mentions(this Card card, string text) =>
        Has(card.Id, text)
        || Has(card.Name, text)
        || card switch
        {
            DealCard deal => Has(deal.PartnerName, text)
                || Has(deal.Partner.Value, text)
                || Has(deal.Product.Value, text),
            CustomerProgramCard program => Has(program.PartnerName, text)
                || Has(program.Partner.Value, text)
                || Has(program.Customer, text),
            _ => false,
        };

    private static bool Has(string? words, string text) =>
        words?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static TierId? TierOf(Card card) =>
        card switch
        {
            DealCard deal => deal.Tier,
            CustomerProgramCard program => program.Tier,
            _ => ((PartnerCard)card).Tier,
        };

    private static CategoryId? CategoryOf(Card card) =>
        card switch
        {
            DealCard deal => deal.Category,
            CustomerProgramCard program => program.Category,
            _ => ((PartnerCard)card).Category,
        };
}
