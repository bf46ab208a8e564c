using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Tests.Engines;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Activations;

/// <summary>
/// The full number takes most of a minute, so it runs on request alone: <c>-explicit only</c>. The engine suite has a
/// tenth of it.
/// </summary>
public sealed class ManyDeliveriesTests
{
    [Fact(Explicit = true)]
    public async Task AHundredThousandDeliveries_LeaveFewerThanAHundredActivations()
    {
        await using var silo = await TestSilo.Start();

        await ManyDeliveries.Refuse(100_000, (key, command) => silo.Accept(key, command), "many");

        silo.Services.GetRequiredService<CoreHost>().ActiveCount.ShouldBeLessThan(100);
    }
}
