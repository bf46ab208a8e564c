using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Engines;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Pauses;

/// <summary>A grain of any kind can be kept from acting, and what it says then.</summary>
public sealed class PauseTests
{
    private static readonly GrainKey Key = SourceCommands.Key;
    private static readonly PauseGrain Pause = new("the mapping is wrong");

    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task APausedGrain_RefusesWhoeverAsksIt_AndIsRead_UntilItIsResumed()
    {
        await using var silo = await Silos.On(_disk);
        await silo.Accept(Key, SourceCommands.Create);
        await silo.Accept(Key, Pause);

        var refusal = Refusal(await silo.Ask(Key, SourceCommands.Change(1), "change", expectedVersion: 1));
        refusal.Code.ShouldBe(Refusals.GrainPaused);
        refusal.Message.ShouldContain("paused by test at ");
        refusal.Message.ShouldContain(Pause.Reason);
        refusal.Message.ShouldContain("/api/acme/operations/grains/source/s-1/resume");
        (await silo.Read<SourceView>(Key)).Version.ShouldBe(2);
        (await Find(silo)).ShouldNotBeNull().Pause.ShouldNotBeNull().By.ShouldBe("test");

        await silo.Accept(Key, new ResumeGrain());

        (await silo.Accept(Key, SourceCommands.Change(1), "change")).ShouldBe(4);
        (await Find(silo)).ShouldBe(new PauseState(4, Pause: null));
    }

    [Fact]
    public async Task ACommandFromBeforeThePause_GetsItsFirstAnswerWhenItIsRepeated()
    {
        await using var silo = await Silos.On(_disk);
        await silo.Accept(Key, SourceCommands.Create, "create");
        await silo.Accept(Key, Pause);

        (await silo.Ask(Key, SourceCommands.Create, "create")).ShouldBe(new Accepted(Key, 1, Repeated: true));
        Refusal(await silo.Ask(Key, SourceCommands.Change(1), "create")).Code.ShouldBe(Refusals.IdReused);
    }

    [Fact]
    public async Task APause_SurvivesARestart_AlsoWhereASnapshotWouldBeDue()
    {
        await using (var before = await Silos.On(_disk))
        {
            await before.Accept(Key, SourceCommands.Create);
            for (var n = 2; n < Limits.EventsPerSnapshot; n++)
            {
                await before.Accept(Key, SourceCommands.Change(n));
            }

            (await before.Accept(Key, Pause)).ShouldBe(Limits.EventsPerSnapshot);
        }

        await using var after = await Silos.On(_disk);
        Refusal(await after.Ask(Key, SourceCommands.Change(0))).Code.ShouldBe(Refusals.GrainPaused);
        await after.Accept(Key, new ResumeGrain());
        await after.Accept(Key, SourceCommands.Change(0));
        (await after.Journal.Load(Key.ToString(), Cancellation)).Snapshot.ShouldBeNull("none is taken of a pause");
    }

    [Fact]
    public async Task PausedTwice_TheFirstPauseCounts_AndResumingTwiceChangesNothing()
    {
        await using var silo = await Silos.On(_disk);
        await silo.Accept(Key, SourceCommands.Create);

        (await silo.Accept(Key, Pause)).ShouldBe(2);
        (await silo.Accept(Key, new PauseGrain("another reason"))).ShouldBe(2);
        (await Find(silo))!.Pause!.Reason.ShouldBe(Pause.Reason);
        (await silo.Accept(Key, new ResumeGrain())).ShouldBe(3);
        (await silo.Accept(Key, new ResumeGrain())).ShouldBe(3);
    }

    [Fact]
    public async Task AGrainWithoutEvents_CannotBePaused()
    {
        await using var silo = await Silos.On(_disk);

        Refusal(await silo.Ask(Key, Pause)).Code.ShouldBe(Refusals.NotFound);
        Refusal(await silo.Ask(Key, new ResumeGrain())).Code.ShouldBe(Refusals.NotFound);
        (await Find(silo)).ShouldBeNull();
    }

    [Fact]
    public async Task WhatTheLawAsksFor_IsDoneByAPausedGrain_AndNothingElse()
    {
        var person = PersonKey.Of(TestSilo.Acme, new PersonId("ann"));
        await using var silo = await Silos.On(_disk);
        await silo.Accept(person, new RegisterPerson("Ann", null, null));
        await silo.Accept(person, new GrantConsent(Purpose.Coaching, "v1", "app"));
        await silo.Accept(person, Pause);

        Refusal(await silo.Ask(person, new GrantConsent(Purpose.Research, "v1", "app")))
            .Code.ShouldBe(Refusals.GrainPaused);
        await silo.Accept(person, new WithdrawConsent(Purpose.Coaching, "app"));
        await silo.Accept(person, new ErasePerson());

        var erased = (await silo.Read<PersonView>(person)).View;
        (erased.Name, erased.ConsentTo(Purpose.Coaching)).ShouldBe((null, null));
        erased.ErasedAt.ShouldNotBeNull();
        (await Find(silo, person))!.Pause.ShouldNotBeNull("erasing does not resume");
    }

    private static Task<PauseState?> Find(TestSilo silo, GrainKey? key = null) =>
        silo.Services.GetRequiredService<IPauses>().Find(key ?? Key, version: null, Cancellation);

    private static Refusal Refusal(Reply reply) => reply.ShouldBeOfType<Refused>().Refusal;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
