using EcosystemSilo.Grains.Accounts;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Journal;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Accounts;

/// <summary>
/// Every state of an account x every command. The result names the events with the deal and place they concern; the
/// last column is who then holds the account, and after the colon who waits.
/// </summary>
public sealed class AccountTableTests
{
    private static readonly DateTimeOffset Until = Story.Morning.AddDays(90);

    public static TheoryData<string, string, string, string> Table =>
        Read(
            """
            account | command           | result                                              | then
            unknown | claim d9          | protected d9                                        | d9:
            unknown | release d1        | nothing                                             | unknown
            unknown | close d1          | closed d1                                           | closed by d1
            unknown | deadline due      | nothing                                             | unknown
            unknown | deadline stale    | nothing                                             | unknown
            free    | claim d9          | protected d9                                        | d9:
            free    | claim d1          | protected d1                                        | d1:
            free    | release d1        | nothing                                             | :
            free    | close d1          | closed d1                                           | closed by d1
            free    | deadline due      | nothing                                             | :
            free    | deadline stale    | nothing                                             | :
            held    | claim d9          | queued d9 1                                   | d1:d9
            held    | claim d1          | nothing                                             | d1:
            held    | release d1        | released d1                                         | :
            held    | release d9        | nothing                                             | d1:
            held    | close d1          | closed d1                                           | closed by d1
            held    | close d9          | closed d9, denied d1                          | closed by d9
            held    | deadline due      | expired d1                               | :
            held    | deadline stale    | nothing                                             | d1:
            queued  | claim d9          | queued d9 4                                   | d1:d2 d3 d4 d9
            queued  | claim d1          | nothing                                             | d1:d2 d3 d4
            queued  | claim d3          | nothing                                             | d1:d2 d3 d4
            queued  | release d1        | released d1, protected d2, moved d3 1, moved d4 2   | d2:d3 d4
            queued  | release d2        | released d2, moved d3 1, moved d4 2                 | d1:d3 d4
            queued  | release d3        | released d3, moved d4 2                             | d1:d2 d4
            queued  | release d4        | released d4                                         | d1:d2 d3
            queued  | release d9        | nothing                                             | d1:d2 d3 d4
            queued  | close d1          | closed d1, denied d2, denied d3, denied d4          | closed by d1
            queued  | close d3          | closed d3, denied d2, denied d4, denied d1          | closed by d3
            queued  | close d9          | closed d9, denied d2, denied d3, denied d4, denied d1 | closed by d9
            queued  | deadline due      | expired d1, protected d2, moved d3 1, moved d4 2    | d2:d3 d4
            queued  | deadline stale    | nothing                                             | d1:d2 d3 d4
            closed  | claim d9          | denied d9                                           | closed by d1
            closed  | claim d1          | denied d1                                           | closed by d1
            closed  | release d1        | nothing                                             | closed by d1
            closed  | release d9        | nothing                                             | closed by d1
            closed  | close d1          | nothing                                             | closed by d1
            closed  | close d9          | nothing                                             | closed by d1
            closed  | deadline due      | nothing                                             | closed by d1
            closed  | deadline stale    | nothing                                             | closed by d1
            """
        );

    [Theory]
    [MemberData(nameof(Table))]
    public void AnAccount_Answers(string account, string command, string result, string then)
    {
        var outcome = In(account).When(Parse(command)).Accepted();

        Summary(outcome.Decision.Events).ShouldBe(result);
        Summary(outcome.View as AccountView).ShouldBe(then);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void TheProtectionDeadline_IsSetExactlyWhileSomebodyHoldsTheAccount(
        string account,
        string command,
        string result,
        string then
    )
    {
        var before = In(account);

        var outcome = before.When(Parse(command)).Accepted();

        var held = (before.View as AccountView)?.Holder?.Until;
        var due = outcome.Decision.Deadlines.Aggregate(held, (_, change) => change.Due);
        due.ShouldBe((outcome.View as AccountView)?.Holder?.Until, $"{account}, {command}: {result} -> {then}");
    }

    [Fact]
    public void TheTable_HasEveryKindOfCommandInEveryState()
    {
        string[] commands = ["claim", "release", "close", "deadline"];
        var states = Table.GroupBy(row => row.Data.Item1, row => row.Data.Item2.Split(' ')[0], StringComparer.Ordinal);
        states.ShouldAllBe(state => commands.All(state.Contains));
        states.Count().ShouldBe(5);
    }

    [Fact]
    public void AFullQueue_DeniesTheNext_AndIsToldInOneAppendWhenTheAccountIsSold()
    {
        var claims = Enumerable.Range(0, AccountLimits.QueueMax + 1).Select(n => Parse($"claim d{n}"));
        var full = In("unknown").Given([.. claims]);

        full.When(Parse("claim late")).Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ClaimDenied>();
        full.When(Parse("close d0")).Decision.Events.Count.ShouldBeLessThanOrEqualTo(JournalLimits.EventsPerAppendMax);
        full.When(Parse("release d0"))
            .Decision.Events.Count.ShouldBeLessThanOrEqualTo(JournalLimits.EventsPerAppendMax);
    }

    [Fact]
    public void WithoutABlueprint_NobodyIsProtected() =>
        Story.Of(Account.Kind, "a").Under(null).When(Parse("claim d1")).ThenRefused(Refusals.BlueprintMissing);

    [Fact]
    public void ACommandOfAnotherKind_IsABug() =>
        Should.Throw<InvalidOperationException>(() => In("held").When(StoryRules.Register));

    private static Story In(string account)
    {
        var story = Story.Of(Account.Kind, "stmary.org~enterprise");
        return account switch
        {
            "unknown" => story,
            "free" => story.Given(Parse("claim d1"), Parse("release d1")),
            "held" => story.Given(Parse("claim d1")),
            "queued" => story.Given([.. "1234".Select(deal => Parse($"claim d{deal}"))]),
            "closed" => story.Given(Parse("claim d1"), Parse("close d1")),
            _ => throw new ArgumentException(account, nameof(account)),
        };
    }

    private static ICommand Parse(string command) =>
        command.Split(' ') switch
        {
            ["claim", var deal] => new ClaimAccount(new DealId(deal), new PartnerId($"partner-of-{deal}")),
            ["release", var deal] => new ReleaseAccount(new DealId(deal)),
            ["close", var deal] => new CloseAccount(new DealId(deal)),
            ["deadline", "due"] => new DeadlineReached(Account.ProtectionDeadline, Until),
            ["deadline", "stale"] => new DeadlineReached(Account.ProtectionDeadline, Until.AddDays(-1)),
            _ => throw new ArgumentException(command, nameof(command)),
        };

    private static string Summary(IReadOnlyList<IEvent> events) =>
        events.Count == 0
            ? "nothing"
            : string.Join(
                ", ",
                events.Select(happened =>
                    happened switch
                    {
                        AccountProtected e => $"protected {e.Deal}",
                        ClaimQueued e => $"queued {e.Deal} {e.Position}",
                        ClaimMoved e => $"moved {e.Deal} {e.Position}",
                        ClaimDenied e => $"denied {e.Deal}",
                        AccountReleased e => $"released {e.Deal}",
                        ProtectionExpired e => $"expired {e.Deal}",
                        AccountClosed e => $"closed {e.Deal}",
                        _ => throw new ArgumentException(happened.ToString(), nameof(events)),
                    }
                )
            );

    private static string Summary(AccountView? account) =>
        account switch
        {
            null => "unknown",
            { WonBy: { } winner, Holder: null, Queue: [] } => $"closed by {winner}",
            _ => $"{account.Holder?.Deal}:{string.Join(' ', account.Queue.Select(claim => claim.Deal.Value))}",
        };

    private static TheoryData<string, string, string, string> Read(string table) =>
        [
            .. TextTable
                .Rows(table)
                .Select(row => new TheoryDataRow<string, string, string, string>(row[0], row[1], row[2], row[3])),
        ];
}
