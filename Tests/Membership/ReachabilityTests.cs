using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Membership;

public sealed class ReachabilityTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ASiloWhoseAddressIsNotItsOwn_IsToldSoByAnother(bool isPlain)
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var right = Place(isPlain);
        var wrong = Place(isPlain);
        // Of no machine: kept for documents.
        wrong.AdvertisedAddress = "192.0.2.1";
        var first = await cluster.StartSilo(right);
        var second = await cluster.StartSilo(wrong);

        var fault = await Should.ThrowAsync<StartRefusedException>(() => Watched(second));
        fault.ExitCode.ShouldBe(ExitCodes.Settings);
        fault.Message.ShouldStartWith(
            $"Other silos do not reach this one at 192.0.2.1:{wrong.SiloPort} and 192.0.2.1:{wrong.GatewayPort}: "
                + "set Cluster__AdvertisedAddress"
        );
        // Its own can be reached, by the other as well.
        await Watched(first);
    }

    private static ClusterOptions Place(bool isPlain)
    {
        var place = ClusterHosts.Place(ClusterRole.Silo);
        place.AllowPlain = isPlain;
        return place;
    }

    /// <summary>Over when the silo has been told that it is reached, or a fault when not.</summary>
    private static async Task Watched(IHost silo)
    {
        using var reachability = new Reachability(
            silo.Services.GetRequiredService<ISiloStatusOracle>(),
            silo.Services.GetRequiredService<ILocalSiloDetails>(),
            silo.Services.GetRequiredService<IGrainFactory>()
        )
        {
            Pause = TimeSpan.FromMilliseconds(10),
        };
        await reachability.StartAsync(TestContext.Current.CancellationToken);
        await reachability.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
