using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>A journal that a process holds, alone or with others.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task AJournalThatIsHeldAlone_IsRefusedToEverybodyElse_UntilItIsLetGo()
    {
        await using var other = NewJournal();
        var hold = await Journal.Hold(HoldKind.Alone, Cancellation);

        await Task.WhenAll(IsRefused(other, HoldKind.Alone), IsRefused(other, HoldKind.Shared));
        hold.Lost.IsCompleted.ShouldBeFalse();
        await hold.DisposeAsync();
        await hold.DisposeAsync();

        await using var next = await other.Hold(HoldKind.Alone, Cancellation);
        await IsRefused(Journal, HoldKind.Alone);
    }

    [Fact]
    public async Task ProcessesThatShareAJournal_KeepOffWhoWantsItAlone()
    {
        await using var other = NewJournal();
        var one = await Journal.Hold(HoldKind.Shared, Cancellation);
        var two = await other.Hold(HoldKind.Shared, Cancellation);

        await one.DisposeAsync();
        await IsRefused(Journal, HoldKind.Alone);
        await two.DisposeAsync();

        await using var alone = await Journal.Hold(HoldKind.Alone, Cancellation);
    }

    [Fact]
    public async Task WhoeverIsJustGoing_IsWaitedFor()
    {
        await using var other = NewJournal();
        var going = await Journal.Hold(HoldKind.Alone, Cancellation);

        var coming = other.Hold(HoldKind.Alone, Cancellation);
        await going.DisposeAsync();

        await using var hold = await Within(coming, "the next process to hold the journal");
    }

    [Fact]
    public async Task AJournalThatIsHeld_IsStoredToAndReadAsBefore()
    {
        var other = await OpenAnother();
        await using var hold = await Journal.Hold(HoldKind.Alone, Cancellation);

        await other.Append(To("acme/partner/p", 0, "registered"), Cancellation);

        (await Everything()).Count.ShouldBe(1);
    }

    private static Task IsRefused(IJournal journal, HoldKind kind) =>
        Should.ThrowAsync<JournalHeldException>(() => journal.Hold(kind, Cancellation));
}
