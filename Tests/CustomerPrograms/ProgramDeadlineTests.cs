using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.CustomerPrograms;

/// <summary>
/// A program's year, of which the process runs only a few moments; what came due meanwhile is made up for.
/// </summary>
public sealed class ProgramDeadlineTests
{
    private static readonly GrainKey Program = CustomerProgramKey.Of(TestSilo.Acme, new CustomerProgramId("program-1"));
    private static readonly DateTimeOffset DueAt = ProgramStories.Ends.AddDays(-90);
    private static readonly DateTimeOffset Later = ProgramStories.Ends.AddDays(120);

    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task ARenewalBecomesDueBeforeTheEnd_AndARenewedProgramEndsAtItsNewEnd()
    {
        await using (var silo = await StartAt(Story.Morning))
        {
            await silo.Accept(Program, ProgramStories.Create);
        }

        await using (var silo = await StartAt(DueAt.AddMinutes(1)))
        {
            (await Until(silo, ProgramStatus.RenewalDue)).RenewalDueAt.ShouldBe(
                DueAt,
                "the notice of the acme program"
            );
            await silo.Accept(Program, new RenewProgram(Later));
        }

        await using (var silo = await StartAt(Later.AddMinutes(-1)))
        {
            (await Until(silo, ProgramStatus.RenewalDue)).RenewalDueAt.ShouldBe(Later.AddDays(-90));
        }

        await using var last = await StartAt(Later.AddMinutes(1));
        var ended = await Until(last, ProgramStatus.Ended);
        ended.Reason.ShouldBeNull("its time was over");
        ended.EndedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(Later);
    }

    private Task<TestSilo> StartAt(DateTimeOffset now) =>
        TestSilo.Start(
            clock: new ManualClock(now),
            journal: new MemoryJournal(_disk, TimeProvider.System),
            interval: TimeSpan.FromMinutes(1)
        );

    private static Task<CustomerProgramView> Until(TestSilo silo, ProgramStatus status) =>
        silo.Until<CustomerProgramView>(Program, program => program.Status == status, $"the program to be {status}");
}
