using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.CustomerPrograms;

/// <summary>
/// Every state of a customer program x every command. A result is <c>!code</c> for a refusal, <c>nothing</c>, or the
/// events (without their prefix) and the status, phase and number of participants they lead to.
/// </summary>
public sealed class ProgramTableTests
{
    public static TheoryData<string, string, string> Table =>
        [.. TextTable.Rows(Text).Select(row => new TheoryDataRow<string, string, string>(row[0], row[1], row[2]))];

    [Theory]
    [MemberData(nameof(Table))]
    public void AProgram_Answers(string state, string command, string result)
    {
        var outcome = ProgramStories.States[state].When(ProgramStories.Commands[command]);

        Summary(outcome).ShouldBe(result);
    }

    [Fact]
    public void TheTable_HasEveryStateAndEveryCommand()
    {
        var all = ProgramStories.States.Keys.SelectMany(
            _ => ProgramStories.Commands.Keys,
            (state, command) => (state, command)
        );
        Table.Select(row => (row.Data.Item1, row.Data.Item2)).ShouldBe(all, ignoreOrder: true);

        var known = typeof(CreateProgram).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ICommand)));
        string?[] concerned = [typeof(CreateProgram).Namespace, typeof(AdvancePhase).Namespace];
        ProgramStories
            .Commands.Values.Select(command => command.GetType())
            .Distinct()
            .ShouldBe(
                known.Where(type => concerned.Contains(type.Namespace)).Append(typeof(DeadlineReached)),
                ignoreOrder: true
            );

        Enum.GetValues<ProgramStatus>()
            .ShouldBeSubsetOf(
                ProgramStories
                    .States.Values.Select(story => story.View)
                    .OfType<CustomerProgramView>()
                    .Select(p => p.Status)
            );
    }

    private static string Summary(Outcome outcome)
    {
        if (outcome.ToString() is var words && outcome.Decision.Events.Count == 0)
        {
            return words;
        }

        var events = words
            .Replace("program.", "", StringComparison.Ordinal)
            .Replace("lifecycle.", "", StringComparison.Ordinal);
        var program = outcome.Is<CustomerProgramView>();
        return $"{events} -> {program.Status} {program.Lifecycle.Current.Phase} {program.Enrolled}";
    }

    private const string Text = """
        state       | command          | result
        unknown     | create           | created + phase-entered -> Active Discovery 0
        unknown     | invite           | !not-found
        unknown     | revoke           | !not-found
        unknown     | enrol            | !not-found
        unknown     | return place     | !not-found
        unknown     | refer            | !not-found
        unknown     | renew            | !not-found
        unknown     | end              | !not-found
        unknown     | complete item    | !not-found
        unknown     | advance          | !not-found
        unknown     | phase overdue    | !not-found
        unknown     | renewal deadline | !not-found
        unknown     | end deadline     | !not-found
        discovery   | create           | !already-exists
        discovery   | invite           | invitation-created -> Active Discovery 0
        discovery   | revoke           | invitation-revoked -> Active Discovery 0
        discovery   | enrol            | !enrolment-closed
        discovery   | return place     | nothing
        discovery   | refer            | referral-received -> Active Discovery 0
        discovery   | renew            | renewed -> Active Discovery 0
        discovery   | end              | ended -> Ended Discovery 0
        discovery   | complete item    | item-completed -> Active Discovery 0
        discovery   | advance          | !gate-not-met
        discovery   | phase overdue    | nothing
        discovery   | renewal deadline | renewal-due -> RenewalDue Discovery 0
        discovery   | end deadline     | ended -> Ended Discovery 0
        launched    | create           | !already-exists
        launched    | invite           | invitation-created -> Active Launch 0
        launched    | revoke           | invitation-revoked -> Active Launch 0
        launched    | enrol            | person-enrolled -> Active Launch 1
        launched    | return place     | nothing
        launched    | refer            | referral-received -> Active Launch 0
        launched    | renew            | renewed -> Active Launch 0
        launched    | end              | ended -> Ended Launch 0
        launched    | complete item    | nothing
        launched    | advance          | phase-entered -> Active Scale 0
        launched    | phase overdue    | phase-overdue -> Active Launch 0
        launched    | renewal deadline | renewal-due -> RenewalDue Launch 0
        launched    | end deadline     | ended -> Ended Launch 0
        with Ada    | create           | !already-exists
        with Ada    | invite           | invitation-created -> Active Launch 1
        with Ada    | revoke           | invitation-revoked -> Active Launch 1
        with Ada    | enrol            | !invitation-used-up
        with Ada    | return place     | place-returned -> Active Launch 0
        with Ada    | refer            | referral-received -> Active Launch 1
        with Ada    | renew            | renewed -> Active Launch 1
        with Ada    | end              | ended -> Ended Launch 1
        with Ada    | complete item    | nothing
        with Ada    | advance          | phase-entered -> Active Scale 1
        with Ada    | phase overdue    | phase-overdue -> Active Launch 1
        with Ada    | renewal deadline | renewal-due -> RenewalDue Launch 1
        with Ada    | end deadline     | ended -> Ended Launch 1
        renewal due | create           | !already-exists
        renewal due | invite           | invitation-created -> RenewalDue Launch 0
        renewal due | revoke           | invitation-revoked -> RenewalDue Launch 0
        renewal due | enrol            | person-enrolled -> RenewalDue Launch 1
        renewal due | return place     | nothing
        renewal due | refer            | referral-received -> RenewalDue Launch 0
        renewal due | renew            | renewed -> Active Launch 0
        renewal due | end              | ended -> Ended Launch 0
        renewal due | complete item    | nothing
        renewal due | advance          | phase-entered -> RenewalDue Scale 0
        renewal due | phase overdue    | phase-overdue -> RenewalDue Launch 0
        renewal due | renewal deadline | nothing
        renewal due | end deadline     | ended -> Ended Launch 0
        ended       | create           | !already-exists
        ended       | invite           | !status-forbids
        ended       | revoke           | !status-forbids
        ended       | enrol            | !status-forbids
        ended       | return place     | nothing
        ended       | refer            | !status-forbids
        ended       | renew            | !status-forbids
        ended       | end              | nothing
        ended       | complete item    | !status-forbids
        ended       | advance          | !status-forbids
        ended       | phase overdue    | nothing
        ended       | renewal deadline | nothing
        ended       | end deadline     | nothing
        """;
}
