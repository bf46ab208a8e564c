using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Deals;

/// <summary>
/// Every state of a deal x every command. A result is <c>!code</c> for a refusal, <c>nothing</c>, or the events
/// (without their prefix) and the status and protection they lead to.
/// </summary>
public sealed class DealTableTests
{
    public static TheoryData<string, string, string> Table =>
        [.. TextTable.Rows(Text).Select(row => new TheoryDataRow<string, string, string>(row[0], row[1], row[2]))];

    [Theory]
    [MemberData(nameof(Table))]
    public void ADeal_Answers(string state, string command, string result)
    {
        var outcome = DealStories.States[state].When(DealStories.Commands[command]);

        Summary(outcome).ShouldBe(result);
    }

    [Fact]
    public void TheTable_HasEveryStateAndEveryCommand()
    {
        var all = DealStories.States.Keys.SelectMany(
            _ => DealStories.Commands.Keys,
            (state, command) => (state, command)
        );
        Table.Select(row => (row.Data.Item1, row.Data.Item2)).ShouldBe(all, ignoreOrder: true);

        var known = typeof(RegisterDeal).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ICommand)));
        string?[] concerned = [typeof(RegisterDeal).Namespace, typeof(AdvancePhase).Namespace];
        DealStories
            .Commands.Values.Select(command => command.GetType())
            .ShouldBe(
                known.Where(type => concerned.Contains(type.Namespace)).Append(typeof(DeadlineReached)),
                ignoreOrder: true
            );

        Enum.GetValues<DealStatus>()
            .ShouldBeSubsetOf(
                DealStories.States.Values.Select(story => story.View).OfType<DealView>().Select(d => d.Status)
            );
    }

    private static string Summary(Outcome outcome)
    {
        if (outcome.ToString() is var words && outcome.Decision.Events.Count == 0)
        {
            return words;
        }

        var events = words
            .Replace("deal.", "", StringComparison.Ordinal)
            .Replace("lifecycle.", "", StringComparison.Ordinal);
        var deal = outcome.Is<DealView>();
        return $"{events} -> {deal.Status} {deal.Protection}";
    }

    private const string Text = """
        state           | command            | result
        unknown         | register           | registered + phase-entered -> Registered Pending
        unknown         | approve            | !not-found
        unknown         | return             | !not-found
        unknown         | resubmit           | !not-found
        unknown         | withdraw           | !not-found
        unknown         | reject             | !not-found
        unknown         | win                | !not-found
        unknown         | lose               | !not-found
        unknown         | change amount      | !not-found
        unknown         | clear amount       | !not-found
        unknown         | confirm protection | !not-found
        unknown         | confirm queued     | !not-found
        unknown         | deny protection    | !not-found
        unknown         | end protection     | !not-found
        unknown         | complete item      | !not-found
        unknown         | advance            | !not-found
        unknown         | deadline           | !not-found
        pending         | register           | !already-exists
        pending         | approve            | approved -> Approved Pending
        pending         | return             | returned -> Returned Pending
        pending         | resubmit           | !status-forbids
        pending         | withdraw           | withdrawn + claim-ended -> Withdrawn None
        pending         | reject             | rejected + claim-ended -> Rejected None
        pending         | win                | !status-forbids
        pending         | lose               | lost + claim-ended -> Lost None
        pending         | change amount      | amount-changed -> Registered Pending
        pending         | clear amount       | amount-cleared -> Registered Pending
        pending         | confirm protection | protected -> Registered Protected
        pending         | confirm queued     | queued -> Registered Queued
        pending         | deny protection    | rejected + claim-ended -> Rejected None
        pending         | end protection     | nothing
        pending         | complete item      | item-completed -> Registered Pending
        pending         | advance            | !gate-not-met
        pending         | deadline           | phase-overdue -> Registered Pending
        protected       | register           | !already-exists
        protected       | approve            | approved -> Approved Protected
        protected       | return             | returned -> Returned Protected
        protected       | resubmit           | !status-forbids
        protected       | withdraw           | withdrawn + claim-ended -> Withdrawn None
        protected       | reject             | rejected + claim-ended -> Rejected None
        protected       | win                | !status-forbids
        protected       | lose               | lost + claim-ended -> Lost None
        protected       | change amount      | amount-changed -> Registered Protected
        protected       | clear amount       | amount-cleared -> Registered Protected
        protected       | confirm protection | nothing
        protected       | confirm queued     | queued -> Registered Queued
        protected       | deny protection    | rejected + claim-ended -> Rejected None
        protected       | end protection     | protection-ended -> Registered None
        protected       | complete item      | item-completed -> Registered Protected
        protected       | advance            | !gate-not-met
        protected       | deadline           | phase-overdue -> Registered Protected
        queued          | register           | !already-exists
        queued          | approve            | !not-protected
        queued          | return             | returned -> Returned Queued
        queued          | resubmit           | !status-forbids
        queued          | withdraw           | withdrawn + claim-ended -> Withdrawn None
        queued          | reject             | rejected + claim-ended -> Rejected None
        queued          | win                | !status-forbids
        queued          | lose               | lost + claim-ended -> Lost None
        queued          | change amount      | amount-changed -> Registered Queued
        queued          | clear amount       | amount-cleared -> Registered Queued
        queued          | confirm protection | protected -> Registered Protected
        queued          | confirm queued     | queued -> Registered Queued
        queued          | deny protection    | rejected + claim-ended -> Rejected None
        queued          | end protection     | nothing
        queued          | complete item      | item-completed -> Registered Queued
        queued          | advance            | !gate-not-met
        queued          | deadline           | phase-overdue -> Registered Queued
        unprotected     | register           | !already-exists
        unprotected     | approve            | approved -> Approved None
        unprotected     | return             | returned -> Returned None
        unprotected     | resubmit           | !status-forbids
        unprotected     | withdraw           | withdrawn + claim-ended -> Withdrawn None
        unprotected     | reject             | rejected + claim-ended -> Rejected None
        unprotected     | win                | !status-forbids
        unprotected     | lose               | lost + claim-ended -> Lost None
        unprotected     | change amount      | amount-changed -> Registered None
        unprotected     | clear amount       | amount-cleared -> Registered None
        unprotected     | confirm protection | protected -> Registered Protected
        unprotected     | confirm queued     | queued -> Registered Queued
        unprotected     | deny protection    | rejected + claim-ended -> Rejected None
        unprotected     | end protection     | nothing
        unprotected     | complete item      | item-completed -> Registered None
        unprotected     | advance            | !gate-not-met
        unprotected     | deadline           | phase-overdue -> Registered None
        returned        | register           | !already-exists
        returned        | approve            | !status-forbids
        returned        | return             | !status-forbids
        returned        | resubmit           | resubmitted -> Registered Protected
        returned        | withdraw           | withdrawn + claim-ended -> Withdrawn None
        returned        | reject             | rejected + claim-ended -> Rejected None
        returned        | win                | !status-forbids
        returned        | lose               | lost + claim-ended -> Lost None
        returned        | change amount      | amount-changed -> Returned Protected
        returned        | clear amount       | amount-cleared -> Returned Protected
        returned        | confirm protection | nothing
        returned        | confirm queued     | queued -> Returned Queued
        returned        | deny protection    | rejected + claim-ended -> Rejected None
        returned        | end protection     | protection-ended -> Returned None
        returned        | complete item      | item-completed -> Returned Protected
        returned        | advance            | !status-forbids
        returned        | deadline           | phase-overdue -> Returned Protected
        approved        | register           | !already-exists
        approved        | approve            | !status-forbids
        approved        | return             | !status-forbids
        approved        | resubmit           | !status-forbids
        approved        | withdraw           | withdrawn + claim-ended -> Withdrawn None
        approved        | reject             | !status-forbids
        approved        | win                | won + claim-ended -> Won Protected
        approved        | lose               | lost + claim-ended -> Lost None
        approved        | change amount      | amount-changed -> Approved Protected
        approved        | clear amount       | amount-cleared -> Approved Protected
        approved        | confirm protection | nothing
        approved        | confirm queued     | queued -> Approved Queued
        approved        | deny protection    | rejected + claim-ended -> Rejected None
        approved        | end protection     | protection-ended -> Approved None
        approved        | complete item      | item-completed -> Approved Protected
        approved        | advance            | !gate-not-met
        approved        | deadline           | phase-overdue -> Approved Protected
        approved early  | register           | !already-exists
        approved early  | approve            | !status-forbids
        approved early  | return             | !status-forbids
        approved early  | resubmit           | !status-forbids
        approved early  | withdraw           | withdrawn + claim-ended -> Withdrawn None
        approved early  | reject             | !status-forbids
        approved early  | win                | !not-protected
        approved early  | lose               | lost + claim-ended -> Lost None
        approved early  | change amount      | amount-changed -> Approved Pending
        approved early  | clear amount       | amount-cleared -> Approved Pending
        approved early  | confirm protection | protected -> Approved Protected
        approved early  | confirm queued     | queued -> Approved Queued
        approved early  | deny protection    | rejected + claim-ended -> Rejected None
        approved early  | end protection     | nothing
        approved early  | complete item      | item-completed -> Approved Pending
        approved early  | advance            | !gate-not-met
        approved early  | deadline           | phase-overdue -> Approved Pending
        approved queued | register           | !already-exists
        approved queued | approve            | !status-forbids
        approved queued | return             | !status-forbids
        approved queued | resubmit           | !status-forbids
        approved queued | withdraw           | withdrawn + claim-ended -> Withdrawn None
        approved queued | reject             | !status-forbids
        approved queued | win                | !not-protected
        approved queued | lose               | lost + claim-ended -> Lost None
        approved queued | change amount      | amount-changed -> Approved Queued
        approved queued | clear amount       | amount-cleared -> Approved Queued
        approved queued | confirm protection | protected -> Approved Protected
        approved queued | confirm queued     | nothing
        approved queued | deny protection    | rejected + claim-ended -> Rejected None
        approved queued | end protection     | nothing
        approved queued | complete item      | item-completed -> Approved Queued
        approved queued | advance            | !gate-not-met
        approved queued | deadline           | phase-overdue -> Approved Queued
        withdrawn       | register           | !already-exists
        withdrawn       | approve            | !status-forbids
        withdrawn       | return             | !status-forbids
        withdrawn       | resubmit           | !status-forbids
        withdrawn       | withdraw           | !status-forbids
        withdrawn       | reject             | !status-forbids
        withdrawn       | win                | !status-forbids
        withdrawn       | lose               | !status-forbids
        withdrawn       | change amount      | !status-forbids
        withdrawn       | clear amount       | !status-forbids
        withdrawn       | confirm protection | nothing
        withdrawn       | confirm queued     | nothing
        withdrawn       | deny protection    | nothing
        withdrawn       | end protection     | nothing
        withdrawn       | complete item      | !status-forbids
        withdrawn       | advance            | !status-forbids
        withdrawn       | deadline           | nothing
        rejected        | register           | !already-exists
        rejected        | approve            | !status-forbids
        rejected        | return             | !status-forbids
        rejected        | resubmit           | !status-forbids
        rejected        | withdraw           | !status-forbids
        rejected        | reject             | !status-forbids
        rejected        | win                | !status-forbids
        rejected        | lose               | !status-forbids
        rejected        | change amount      | !status-forbids
        rejected        | clear amount       | !status-forbids
        rejected        | confirm protection | nothing
        rejected        | confirm queued     | nothing
        rejected        | deny protection    | nothing
        rejected        | end protection     | nothing
        rejected        | complete item      | !status-forbids
        rejected        | advance            | !status-forbids
        rejected        | deadline           | nothing
        won             | register           | !already-exists
        won             | approve            | !status-forbids
        won             | return             | !status-forbids
        won             | resubmit           | !status-forbids
        won             | withdraw           | !status-forbids
        won             | reject             | !status-forbids
        won             | win                | !status-forbids
        won             | lose               | !status-forbids
        won             | change amount      | !status-forbids
        won             | clear amount       | !status-forbids
        won             | confirm protection | nothing
        won             | confirm queued     | nothing
        won             | deny protection    | nothing
        won             | end protection     | nothing
        won             | complete item      | !status-forbids
        won             | advance            | !status-forbids
        won             | deadline           | nothing
        lost            | register           | !already-exists
        lost            | approve            | !status-forbids
        lost            | return             | !status-forbids
        lost            | resubmit           | !status-forbids
        lost            | withdraw           | !status-forbids
        lost            | reject             | !status-forbids
        lost            | win                | !status-forbids
        lost            | lose               | !status-forbids
        lost            | change amount      | !status-forbids
        lost            | clear amount       | !status-forbids
        lost            | confirm protection | nothing
        lost            | confirm queued     | nothing
        lost            | deny protection    | nothing
        lost            | end protection     | nothing
        lost            | complete item      | !status-forbids
        lost            | advance            | !status-forbids
        lost            | deadline           | nothing
        """;
}
