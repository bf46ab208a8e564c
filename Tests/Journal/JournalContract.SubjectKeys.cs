using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>The keys of data subjects: the first one stays, until it is destroyed for good.</summary>
public abstract partial class JournalContract
{
    private const string Person = "acme/person/p-1";

    [Fact]
    public async Task ASubjectKey_IsTheFirstThatWasKept_InEveryProcess()
    {
        var other = await OpenAnother();

        (await Journal.FindSubjectKey(Person, Cancellation)).ShouldBeNull();
        (await Journal.KeepSubjectKey(Person, new byte[] { 1, 2 }, Cancellation)).ShouldBe([1, 2]);
        (await other.KeepSubjectKey(Person, new byte[] { 3, 4 }, Cancellation)).ShouldBe([1, 2]);
        (await other.FindSubjectKey(Person, Cancellation)).ShouldBe([1, 2]);
        (await Journal.FindSubjectKey("acme/person/p-2", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task ASubjectKeyThatWasDestroyed_NeverComesBack()
    {
        await Journal.KeepSubjectKey(Person, new byte[] { 1, 2 }, Cancellation);

        await Journal.DestroySubjectKey(Person, Cancellation);
        await Journal.DestroySubjectKey(Person, Cancellation);
        await Journal.DestroySubjectKey("acme/person/never-seen", Cancellation);

        (await Journal.FindSubjectKey(Person, Cancellation)).ShouldBeNull();
        (await Journal.KeepSubjectKey(Person, new byte[] { 3 }, Cancellation)).ShouldBeNull();
        (await Journal.KeepSubjectKey("acme/person/never-seen", new byte[] { 3 }, Cancellation)).ShouldBeNull();
    }
}
