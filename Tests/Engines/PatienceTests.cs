using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>A store that answers nothing must not keep callers for longer than they wait.</summary>
public sealed class PatienceTests
{
    private static readonly GrainKey Key = PartnerKey.Of(TestSilo.Acme, new PartnerId("p-1"));

    [Fact]
    public async Task AGrainThatCannotBeLoaded_IsUnavailableSoon_AndThereAgainAfterwards()
    {
        var stalled = new TaskCompletionSource();
        var journal = new WatchedJournal(new MemoryJournal(new MemoryDisk(), TimeProvider.System))
        {
            BeforeLoad = grain =>
                grain.Contains("/partner/", StringComparison.Ordinal) ? stalled.Task : Task.CompletedTask,
        };
        await using var silo = await TestSilo.Start(journal: journal);
        var register = new RegisterPartner("St Mary", new CategoryId("medical-device"));

        await Should.ThrowAsync<GrainUnavailableException>(() => silo.Ask(Key, register, "c-1"));
        await Should.ThrowAsync<GrainUnavailableException>(() => silo.Read<PartnerView>(Key));

        stalled.SetResult();
        await silo.Ask(Key, register, "c-1");
        (await silo.Events(Key)).Count(e => e.Name == "partner.registered").ShouldBe(1);
    }
}
