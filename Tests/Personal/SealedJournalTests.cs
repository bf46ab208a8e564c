using System.Text;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo.Personal;
using EcosystemSilo.Silo.WearableStreams;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Personal;

/// <summary>What identifies a person lies in the store under the person's key, and goes with it.</summary>
public sealed class SealedJournalTests
{
    private const string Name = "Märta Ångström";
    private const string Contact = "marta@example.org";
    private static readonly GrainKey Person = PersonKey.Of(TestSilo.Acme, new PersonId("person-1"));
    private static readonly RegisterPerson Register = new(Name, Contact, Partner: null);

    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task WhatIsRead_IsWhatWasWritten_AndTheStoreHasNoneOfIt()
    {
        await using (var silo = await Start())
        {
            await silo.Accept(Person, Register);
            await silo.Accept(Person, new GrantConsent(Purpose.Research, "2026-03", "app"));
        }

        await using var again = await Start();
        (await again.Read<PersonView>(Person)).View.Contact.ShouldBe(Contact);
        (await Plaintext()).ShouldNotContain(Contact);
        (await Plaintext()).ShouldNotContain("Märta");
        (await Plaintext()).ShouldContain("research", Case.Insensitive, "consents are no secret");
    }

    [Fact]
    public async Task AnErasedPerson_CannotBeReadByAnybody_AlsoNotFromAnOldVersion()
    {
        await using var silo = await Start();
        await silo.Accept(Person, Register);
        await silo.Accept(Person, new GrantConsent(Purpose.Research, "2026-03", "app"));
        await silo.Accept(Person, new ErasePerson());

        (await Raw().FindSubjectKey(Person.ToString(), default)).ShouldBeNull();
        (await silo.Read<PersonView>(Person, ReadAt.Version(1))).View.Name.ShouldBeNull();
        (await silo.Read<PersonView>(Person)).View.Ledger.Count.ShouldBe(1);

        await using var restarted = await Start();
        var person = (await restarted.Read<PersonView>(Person)).View;
        person.ShouldBeEquivalentTo((await silo.Read<PersonView>(Person)).View);
        (await restarted.Ask(Person, Register)).ShouldBeOfType<Refused>();
    }

    [Fact]
    public async Task ACrashBetweenTheErasureAndItsAnswer_LeavesNoKey()
    {
        await using (var silo = await Start())
        {
            await silo.Accept(Person, Register);
        }

        var journal = new WatchedJournal(new MemoryJournal(_disk, TimeProvider.System))
        {
            AfterAppend = (append, _) =>
                append.Events.Any(happened => happened.Name == "person.erased")
                    ? throw new EcosystemSilo.Journal.JournalUnavailableException("the process dies")
                    : Task.CompletedTask,
        };
        await using var dying = await TestSilo.Start(journal: new SealedJournal(journal, new OpenSafe()));
        await Should.ThrowAsync<GrainUnavailableException>(() => dying.Ask(Person, new ErasePerson()));

        await using var next = await Start();
        await Awaited.Until(
            async () => await Raw().FindSubjectKey(Person.ToString(), default) is null,
            "the key to be destroyed by whoever reads of the erasure"
        );
    }

    [Fact]
    public async Task ASnapshot_IsSealedToo_AndMissedWithoutItsKey()
    {
        await using (var silo = await Start())
        {
            await silo.Accept(Person, Register);
            for (var change = 0; change < 60; change++)
            {
                await silo.Accept(Person, new GrantConsent(Purpose.Research, $"text-{change}", "app"));
            }
        }

        var stored = await Raw().Load(Person.ToString(), default);
        Encoding.UTF8.GetString(stored.Snapshot.ShouldNotBeNull().State.Span).ShouldNotContain(Contact);
        await using (var silo = await Start())
        {
            (await silo.Read<PersonView>(Person)).View.Contact.ShouldBe(Contact);
            await silo.Accept(Person, new ErasePerson());
        }

        await using var restarted = await Start();
        (await restarted.Read<PersonView>(Person)).View.Ledger.Count.ShouldBe(60);
    }

    [Fact]
    public async Task ARowOfAnErasedPerson_ComesWithoutItsValue()
    {
        var row = new ReaderRow($"p/{TestSilo.Acme}/person-1/sources", Encoding.UTF8.GetBytes(Contact));
        var ranges = new[] { KeyRange.Of(row.Key) };
        await using var journal = new SealedJournal(Raw(), new OpenSafe());
        (await journal.SaveReader(new ReaderProgress(SampleRows.Reader, 1, [row]), default)).ShouldBeTrue();
        var before = (await journal.FindRows(SampleRows.Reader, ranges, default)).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(before.Value.ShouldNotBeNull().Span).ShouldBe(Contact);

        await Raw().DestroySubjectKey(Person.ToString(), default);

        await using var after = new SealedJournal(Raw(), new OpenSafe());
        var kept = (await after.FindRows(SampleRows.Reader, ranges, default)).ShouldHaveSingleItem();
        kept.Value.HasValue.ShouldBeFalse();
    }

    [Fact]
    public void SealedBytes_OpenOnlyInTheirPlace_AndUnderTheirKey()
    {
        var key = new byte[32];
        var box = SealedBytes.Seal("secret"u8, key, "here");

        Encoding.UTF8.GetString(SealedBytes.Open(box, key, "here")).ShouldBe("secret");
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => SealedBytes.Open(box, key, "there"));
        key[0] = 1;
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => SealedBytes.Open(box, key, "here"));
    }

    private Task<TestSilo> Start() => TestSilo.Start(journal: new SealedJournal(Raw(), new OpenSafe()));

    private MemoryJournal Raw() => new(_disk, TimeProvider.System);

    private async Task<string> Plaintext()
    {
        await using var raw = Raw();
        var events = await raw.ReadAll(0, int.MaxValue, default);
        return string.Join('\n', events.Select(recorded => Encoding.UTF8.GetString(recorded.Payload.Span)));
    }
}
