using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Tests.Board;

namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>Promises 4 and 6: lists and boards of every silo are a fold of all events, in their order.</summary>
internal sealed partial class Judgement
{
    public async Task JudgeViews(SimulatedSilo silo, EcosystemId ecosystem)
    {
        if (silo.Reader.Fault is { } fault)
        {
            _report($"promise 4: {silo.Name} stopped following the journal: {fault.Message}");
            return;
        }

        if (silo.Reader.Position != Rows.Count)
        {
            _report($"promise 4: {silo.Name} has read up to {silo.Reader.Position} of {Rows.Count} events");
        }

        var all = new PageRequest(int.MaxValue);
        var partners = Of(_partners, ecosystem);
        var deals = Of(_deals, ecosystem);
        Compare(
            $"partners of {silo.Name}",
            partners.Select(partner => partner.Card()),
            silo.Of<IPartnerList>().Find(ecosystem, new PartnerQuery(), all).Items.Select(Text)
        );
        Compare(
            $"deals of {silo.Name}",
            deals.Select(deal => deal.Card()),
            silo.Of<IDealList>().Find(ecosystem, new DealQuery(), all).Items.Select(Text)
        );
        JudgeBoard(silo, new BoardScope(ecosystem, BoardKind.Partners, BoardFilter.Everything), partners);
        JudgeBoard(
            silo,
            new BoardScope(ecosystem, BoardKind.Deals, BoardFilter.Everything),
            deals.Where(d => d.IsOpen)
        );
        var programs = Of(_programs, ecosystem);
        Compare(
            $"programs of {silo.Name}",
            programs.Select(program => program.Card()),
            silo.Of<ICustomerProgramList>().Find(ecosystem, new CustomerProgramQuery(), all).Items.Select(Text)
        );
        JudgeBoard(
            silo,
            new BoardScope(ecosystem, BoardKind.Programs, BoardFilter.Everything),
            programs.Where(program => !program.IsEnded)
        );
        JudgeSourceView(silo, ecosystem);
        JudgeEndpointViews(silo, ecosystem);
        await JudgeStreamViews(silo, ecosystem);
    }

    private void JudgeBoard(SimulatedSilo silo, BoardScope scope, IEnumerable<FoldedLifecycle> expected)
    {
        var board = silo.Of<IBoard>();
        var viewer = new BoardViewer();
        viewer.Take(board.Snapshot(scope));
        Compare(
            $"{scope.Kind} board of {silo.Name}",
            expected.Select(card => $"{card.First.Id} {card.Current.Phase}"),
            viewer.Cards.Select(card => $"{card.Key} {Phase(card.Value)}")
        );
    }

    private void Compare(string what, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (fold, shown) = (expected.ToHashSet(StringComparer.Ordinal), actual.ToHashSet(StringComparer.Ordinal));
        foreach (var missing in fold.Except(shown).Take(3))
        {
            _report($"promise 6: the {what} do not show {missing}");
        }

        foreach (var wrong in shown.Except(fold).Take(3))
        {
            _report($"promise 6: the {what} show {wrong}");
        }
    }

    private static List<T> Of<T>(Dictionary<string, T> folds, EcosystemId ecosystem)
        where T : FoldedLifecycle => [.. folds.Values.Where(fold => fold.First.Ecosystem == ecosystem.Value)];

    private static string Text(PartnerCard card) =>
        $"{card.Id} v{card.Version} {card.Name} {card.Tier} {card.Category} {Progress(card)}";

    private static string Text(DealCard card) =>
        $"{card.Id} v{card.Version} {card.Partner} {card.Product} "
        + $$"""{"minor":{{card.Amount!.Minor}},"currency":"{{card.Amount.Currency}}"} {{Word(card.Status)}} """
        + $"{Word(card.Protection)} {Progress(card)}";

    private static string Text(CustomerProgramCard card) =>
        $"{card.Id} v{card.Version} {Word(card.Status)} {card.Enrolled}/{card.Capacity} ends {card.Ends:O} "
        + $"{Progress(card)}";

    private static string Progress(Card card) =>
        $"{Word(card.Phase)} since {card.Since:O} due {card.DueAt:O} overdue {card.Overdue} "
        + $"{card.Gate.Done}/{card.Gate.Total} {card.Gate.Next}";

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Phase(string card) =>
        System.Text.Json.JsonElement.Parse(card).GetProperty("phase").GetString()!;
}
