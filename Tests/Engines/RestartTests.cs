using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal.Memory;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>What outlives a silo.</summary>
public sealed class RestartTests
{
    private static readonly GrainKey Key = SourceCommands.Key;

    [Fact]
    public async Task TheSameIdAfterARestart_GetsTheFirstAnswer()
    {
        var disk = new MemoryDisk();
        await using (var before = await Silos.On(disk))
        {
            await before.Accept(Key, SourceCommands.Create, "create");
        }

        await using var after = await Silos.On(disk);

        (await after.Ask(Key, SourceCommands.Create, "create")).ShouldBe(new Accepted(Key, 1, Repeated: true));
    }
}
