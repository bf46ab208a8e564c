using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Reads show what is committed, as of then or from now on.</summary>
public abstract class CommittedReadTests(RunningEngine engine) : EngineSuite(engine)
{
    [Fact]
    public async Task ReadingAVersion_ShowsTheStateAsItWasThen()
    {
        await Accept(Key, SourceCommands.Create);
        for (var n = 2; n <= 5; n++)
        {
            await Accept(Key, SourceCommands.Change(n));
        }

        for (var n = 2; n <= 5; n++)
        {
            var then = await Read<SourceView>(Key, ReadAt.Version(n));
            (then.Version, then.View.Mapping).ShouldBe((n, SourceCommands.Change(n).Mapping));
        }

        (await Read<SourceView>(Key, ReadAt.Version(1))).View.Mapping.ShouldBe(new SourceMapping());
    }

    [Fact]
    public async Task ReadingAtLeastAVersion_WaitsForIt()
    {
        await Accept(Key, SourceCommands.Create);

        var reading = Read<SourceView>(Key, new ReadAt(AtLeast: 3, Patience: TimeSpan.FromMinutes(1)));
        await Accept(Key, SourceCommands.Change(1));
        reading.IsCompleted.ShouldBeFalse();
        await Accept(Key, SourceCommands.Change(2));

        (await reading).Version.ShouldBe(3);
    }

    [Fact]
    public async Task WaitingForAGrainThatDoesNotExistYet_EndsWithItsFirstEvent()
    {
        var reading = Read<SourceView>(Key, new ReadAt(AtLeast: 1, Patience: TimeSpan.FromMinutes(1)));
        await Accept(Key, SourceCommands.Create);

        (await reading).Version.ShouldBe(1);
    }

    [Fact]
    public async Task ReadingAtLeastAVersionThatNeverComes_EndsWithWhatThereIs()
    {
        await Accept(Key, SourceCommands.Create);

        var read = await Read<SourceView>(Key, new ReadAt(AtLeast: 2, Patience: TimeSpan.FromMilliseconds(300)));

        read.Version.ShouldBe(1);
    }
}
