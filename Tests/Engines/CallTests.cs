using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>What happens between a caller and a grain.</summary>
public abstract class CallTests(RunningEngine engine) : EngineSuite(engine)
{
    [Fact]
    public async Task AReplyThatIsLost_IsAskedForAgain_AndTheCommandHasOneEffect()
    {
        await Accept(Key, SourceCommands.Create);
        Engine.Calls.Watch(Id("change"), losesFirstReply: true);

        var reply = await Ask(Key, SourceCommands.Change(1), "change");

        reply.ShouldBe(new Accepted(Key, 2, Repeated: false), "its caller has repeated nothing");
        Engine.Calls.Count.ShouldBe(2);
        (await Events(Key)).Count.ShouldBe(2);
        (await Accept(Key, SourceCommands.Change(2))).ShouldBe(3);
    }

    [Fact]
    public async Task ACallerWhoLeavesWhileTheCommandIsCommitting_AbandonsTheAnswer_NeverTheCommit()
    {
        await Accept(Key, SourceCommands.Create);
        var gate = new Gate();
        BeforeAppend = _ => gate.Pass();
        using var leaving = new CancellationTokenSource();

        var asking = Ask(SourceCommands.Change(1), "change", leaving.Token);
        await gate.Arrived();
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        gate.Open();

        (await Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: true));
        (await Events(Key)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task ACallerWhoLeavesWhileTheGrainIsLoading_AbandonsTheAnswer_NeverTheCommand()
    {
        var gate = new Gate();
        BeforeLoad = _ => gate.Pass();
        using var leaving = new CancellationTokenSource();

        var asking = Ask(SourceCommands.Create, "create", leaving.Token);
        await gate.Arrived();
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        gate.Open();

        await Until<SourceView>(Key, _ => true, "the source");
        (await Ask(Key, SourceCommands.Create, "create")).ShouldBe(new Accepted(Key, 1, Repeated: true));
    }

    [Fact]
    public async Task AJournalThatDoesNotAnswer_IsSaidSoAtOnce_AndNotAskedAgain()
    {
        await Accept(Key, SourceCommands.Create);
        var appends = 0;
        BeforeAppend = _ =>
        {
            Interlocked.Increment(ref appends);
            throw new JournalUnavailableException("down");
        };

        var told = await Should.ThrowAsync<GrainUnavailableException>(() => Ask(Key, SourceCommands.Change(1)));

        told.Message.ShouldBe($"{Key}: The journal did not answer.");
        appends.ShouldBe(1);
    }

    [Fact]
    public async Task WhateverHappensInAGrain_IsToldByAnOutcome_NeverByAnException()
    {
        await Accept(Key, SourceCommands.Create);
        BeforeAppend = _ => throw new NotSupportedException("a bug");
        (await Call(SourceCommands.Change(1), "bug")).Message.ShouldBe(new Failed("a bug"));

        BeforeAppend = _ => throw new JournalUnavailableException("down");
        (await Call(SourceCommands.Change(2), "down")).Message.ShouldBe(new Unavailable("The journal did not answer."));
    }

    private Task<Reply> Ask(ICommand command, string id, CancellationToken leaving) =>
        Caller.Grains.Ask(Key, command, new Ask("acme/test", Id(id), "test", "correlation"), leaving);
}
