namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>
/// Exclusivity, and promise 4 as far as reactions are concerned: each deal and its account know the same, because every
/// event has had its follow-ups.
/// </summary>
internal sealed partial class Judgement
{
    private void JudgeAccounts()
    {
        foreach (var (grain, deal) in _deals)
        {
            if (!_accounts.TryGetValue(deal.Account, out var account))
            {
                _report($"promise 4: {grain} was registered, and {deal.Account} never heard of it");
                continue;
            }

            var place = account.Queue.IndexOf(deal.First.Id) + 1;
            var expected =
                !deal.IsOpen ? "closed"
                : account.Holder?.Deal == deal.First.Id ? $"protected until {account.Holder.Until:O}"
                : place > 0 ? $"queued as {place}"
                : "none";
            if (expected != Standing(deal))
            {
                _report($"promise 4: {grain} believes to be {Standing(deal)}; {deal.Account} says {expected}");
            }

            if (!deal.IsOpen && (place > 0 || account.Holder?.Deal == deal.First.Id))
            {
                _report($"promise 4: {grain} is {deal.Status} and still has its place at {deal.Account}");
            }

            if (deal.Status == "won" && account.WonBy is null)
            {
                _report($"promise 4: {grain} is won, and {deal.Account} is not closed");
            }
        }
    }

    private static string Standing(FoldedDeal deal) =>
        !deal.IsOpen ? "closed"
        : deal.Protection == "protected" ? $"protected until {DateTimeOffset.Parse(deal.Until!):O}"
        : deal.Protection == "queued" ? $"queued as {deal.Place}"
        : deal.Protection;
}
