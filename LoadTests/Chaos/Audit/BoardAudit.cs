using System.Net.Http.Json;
using System.Text.Json;

namespace EcosystemSilo.LoadTests.Chaos.Audit;

/// <summary>Compares what the gateway shows over REST with the audit's own fold of the journal.</summary>
internal static class BoardAudit
{
    private const int PageSize = 200;

    /// <summary>Longer lists are compared by their totals and their newest page.</summary>
    private const int PagesMax = 10;

    public static async Task<IReadOnlyList<Violation>> Compare(HttpClient client, JournalAudit audit)
    {
        var violations = new List<Violation>();
        var partners = audit
            .Grains.Where(grain => grain.Key.Contains("/partner/"))
            .ToDictionary(g => g.Value.Id, g => g.Value);
        var deals = audit
            .Grains.Where(grain => grain.Key.Contains("/deal/"))
            .ToDictionary(g => g.Value.Id, g => g.Value);
        await Board(client, "partners", partners, partners, violations);
        await Board(client, "deals", deals.Where(deal => deal.Value.IsOpen).ToDictionary(), partners, violations);
        await List(client, "partners", partners, partners, violations);
        await List(client, "deals", deals, partners, violations);
        return violations;
    }

    public static async Task<long> Version(HttpClient client, string kind)
    {
        // A filter that nothing matches: the version without the cards.
        var board = await client.GetFromJsonAsync<JsonElement>($"/api/acme/board?kind={kind}&text=~nothing~");
        return board.GetProperty("version").GetInt64();
    }

    private static async Task Board(
        HttpClient client,
        string kind,
        Dictionary<string, GrainFold> expected,
        Dictionary<string, GrainFold> partners,
        List<Violation> violations
    )
    {
        var board = await client.GetFromJsonAsync<JsonElement>($"/api/acme/board?kind={kind}");
        var cards = board
            .GetProperty("columns")
            .EnumerateArray()
            .SelectMany(column => column.GetProperty("cards").EnumerateArray())
            .ToList();
        Compare(Finding.BoardDiffers, kind, cards, expected, partners, violations);
        foreach (var missing in expected.Keys.Except(cards.Select(Id)))
        {
            violations.Add(new Violation(Finding.BoardDiffers, $"{kind} does not show {missing}"));
        }
    }

    private static async Task List(
        HttpClient client,
        string kind,
        Dictionary<string, GrainFold> expected,
        Dictionary<string, GrainFold> partners,
        List<Violation> violations
    )
    {
        string? cursor = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 0; page == 0 || (cursor is not null && page < PagesMax); page++)
        {
            var next = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var list = await client.GetFromJsonAsync<JsonElement>($"/api/acme/{kind}?limit={PageSize}{next}");
            if (list.GetProperty("total").GetInt32() != expected.Count)
            {
                violations.Add(
                    new Violation(Finding.ListDiffers, $"{kind} has {list.GetProperty("total")}, not {expected.Count}")
                );
            }

            var cards = list.GetProperty("items").EnumerateArray().ToList();
            Compare(Finding.ListDiffers, kind, cards, expected, partners, violations);
            foreach (var twice in cards.Select(Id).Where(id => !seen.Add(id)))
            {
                violations.Add(new Violation(Finding.ListDiffers, $"{kind} lists {twice} twice"));
            }

            cursor = list.GetProperty("nextCursor").GetString();
        }

        if (cursor is null && seen.Count != expected.Count)
        {
            violations.Add(new Violation(Finding.ListDiffers, $"{kind} lists {seen.Count}, not {expected.Count}"));
        }
    }

    private static void Compare(
        Finding finding,
        string kind,
        List<JsonElement> cards,
        Dictionary<string, GrainFold> expected,
        Dictionary<string, GrainFold> partners,
        List<Violation> violations
    )
    {
        foreach (var card in cards)
        {
            var shown = Shown(card);
            var folded = expected.TryGetValue(Id(card), out var fold) ? Expected(fold, partners) : "nothing";
            if (shown != folded)
            {
                violations.Add(new Violation(finding, $"{kind} shows {Id(card)} as {shown}; it is {folded}"));
            }
        }
    }

    private static string Shown(JsonElement card)
    {
        var gate = card.GetProperty("gate");
        var text =
            $"{card.GetProperty("version")} {Text(card, "name")} {Text(card, "phase")} {Text(card, "dueAt")} "
            + $"{card.GetProperty("overdue").GetBoolean()} {gate.GetProperty("done")}/{gate.GetProperty("total")}";
        return Text(card, "partner") is { } partner
            ? $"{text} {partner} {Text(card, "partnerName")} {Text(card, "status")} {Text(card, "protection")}"
            : text;
    }

    private static string Expected(GrainFold fold, Dictionary<string, GrainFold> partners)
    {
        var text =
            $"{fold.Version} {fold.Name} {fold.Phase} {fold.DueAt} {fold.IsOverdue} {fold.Gate.Done}/{fold.Gate.Total}";
        return fold.Partner is { } partner
            ? $"{text} {partner} {partners.GetValueOrDefault(partner)?.Name} {fold.Status} {fold.Protection}"
            : text;
    }

    private static string Id(JsonElement card) => card.GetProperty("id").GetString()!;

    private static string? Text(JsonElement card, string name) =>
        card.TryGetProperty(name, out var value) ? value.GetString() : null;
}
