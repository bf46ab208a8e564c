using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Projections;

public sealed class StartTests
{
    [Fact]
    public async Task AProcessThatIsStartedAgain_ListensOnlyOnceItsListsAreWhereTheyWere()
    {
        var disk = new MemoryDisk();
        var key = PartnerKey.Of(TestSilo.Acme, new PartnerId("p-1"));
        await using (var before = await TestSilo.Start(journal: new MemoryJournal(disk, TimeProvider.System)))
        {
            await before.Accept(key, new RegisterPartner("St Mary", new CategoryId("medical-device")));
        }

        var slow = new WatchedJournal(new MemoryJournal(disk, TimeProvider.System))
        {
            BeforeReadCheckpoint = _ => Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System),
        };
        await using var after = await TestSilo.Start(journal: slow);

        after.Services.GetRequiredService<IReadModels>().CaughtUp.IsCompletedSuccessfully.ShouldBeTrue();
        after.Services.GetRequiredService<IPartnerList>().Find(TestSilo.Acme, new PartnerId("p-1")).ShouldNotBeNull();
    }
}
