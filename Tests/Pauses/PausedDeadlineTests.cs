using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Pauses;

/// <summary>What comes due for a paused grain waits, costs nobody anything, and comes when it is resumed.</summary>
public sealed class PausedDeadlineTests
{
    private static readonly GrainKey Partner = PartnerKey.Of(TestSilo.Acme, new PartnerId("p-1"));
    private static readonly GrainKey Other = PartnerKey.Of(TestSilo.Acme, new PartnerId("p-2"));
    private static readonly RegisterPartner Register = new("St Mary", new CategoryId("medical-device"));
    private static readonly string Overdue = Wire.Of(typeof(PhaseOverdue)).Name;
    private static readonly TimeSpan Discovery = TimeSpan.FromDays(
        ShippedBlueprints.Acme.PartnerPhases[0].TimeBoxDays ?? 0
    );

    private readonly ManualClock _clock = new();
    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task ADeadlineThatComesDueMeanwhile_IsNotTried_AndComesOnceWhenTheGrainIsResumed()
    {
        await using (var before = await Start(out var journal))
        {
            await before.Accept(Partner, Register);
            await before.Accept(Other, Register);
            await before.Accept(Partner, new PauseGrain("an audit"));
            var asked = 0;
            journal.BeforeFindCommand = id =>
            {
                Interlocked.Add(ref asked, id.StartsWith($"{Partner}/", StringComparison.Ordinal) ? 1 : 0);
                return Task.CompletedTask;
            };
            _clock.Jump(Discovery + TimeSpan.FromMinutes(2));

            await Alarm(before, Other);
            await Look(journal);

            (await Alarms(before, Partner)).ShouldBe(0);
            asked.ShouldBe(0, "a grain that is paused is not asked again and again");
        }

        await using var after = await Start(out var looked);
        await Look(looked);
        (await Alarms(after, Partner)).ShouldBe(0, "a restart ends no pause");

        await after.Accept(Partner, new ResumeGrain());

        var alarm = Alarm(after, Partner);
        await _clock.AdvanceUntil(alarm, TimeSpan.FromMinutes(1));
        await alarm;
        await Look(looked);
        (await Alarms(after, Partner)).ShouldBe(1);
    }

    private Task<TestSilo> Start(out WatchedJournal journal)
    {
        journal = new WatchedJournal(new MemoryJournal(_disk, TimeProvider.System));
        return TestSilo.Start(clock: _clock, journal: journal, interval: TimeSpan.FromMinutes(1));
    }

    /// <summary>Lets some minutes go by, in which due deadlines are looked for three times more.</summary>
    private async Task Look(WatchedJournal journal)
    {
        var enough = journal.DeadlineClaims + 3;
        var looked = Awaited.Until(() => Task.FromResult(journal.DeadlineClaims >= enough), "looks for deadlines");
        await _clock.AdvanceUntil(looked, TimeSpan.FromMinutes(1));
        await looked;
    }

    private static Task Alarm(TestSilo silo, GrainKey partner) =>
        silo.Until<PartnerView>(partner, view => view.Lifecycle.Current.OverdueSince is not null, "the alarm");

    private static async Task<int> Alarms(TestSilo silo, GrainKey partner) =>
        (await silo.Events(partner)).Count(recorded => recorded.Name == Overdue);
}
