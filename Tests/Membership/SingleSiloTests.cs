using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Membership;

public sealed class SingleSiloTests
{
    [Fact]
    public async Task SingleSilosOfOneMachine_AreOfOneMindWithThemselvesAlone()
    {
        var opened = Listening();
        using var first = await Start();
        using var second = await Start();

        foreach (var silo in new[] { first, second })
        {
            var self = silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
            var grains = silo.Services.GetRequiredService<IGrainFactory>();
            var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(false);
            hosts.ShouldHaveSingleItem().ShouldBe(new(self, SiloStatus.Active));
        }
        Listening().Except(opened, StringComparer.Ordinal).ShouldBeEmpty();

        await first.StopAsync();
        await second.StopAsync();
    }

    private static async Task<IHost> Start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
        builder.Services.AddOrleans(silo => silo.UseSingle());
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>The ports of Orleans on which this machine listens.</summary>
    private static IReadOnlyList<string> Listening() =>
        [
            .. System
                .Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties()
                .GetActiveTcpListeners()
                .Where(endpoint => endpoint.Port is 11111 or 30000)
                .Select(endpoint => endpoint.ToString()),
        ];
}
