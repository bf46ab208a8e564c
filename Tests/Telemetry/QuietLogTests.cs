using EcosystemSilo.Tests.Processes;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;
using static System.StringComparison;

namespace EcosystemSilo.Tests.Telemetry;

/// <summary>What is in the log under the settings that the product has.</summary>
public sealed class QuietLogTests
{
    /// <summary>A grain is placed whenever it is used after a pause: lines about it would be most of a log.</summary>
    [Fact]
    public async Task GrainsThatComeAndGo_AreNoLinesInTheLog()
    {
        using var lines = new LogLines();
        await using var gateway = new RunningGateway().With(services => services.AddSingleton<ILoggerProvider>(lines));
        using var client = gateway.Client();
        await client.RegisterPartner("p-1");
        var before = Informations().Count;

        await client.RegisterPartner("p-2");

        before.ShouldBeGreaterThan(0, "a start is told");
        Informations().Skip(before).Where(line => !line.Category.StartsWith("EcosystemSilo.", Ordinal)).ShouldBeEmpty();

        List<LogLine> Informations() => [.. lines.Written.Where(line => line.Level == LogLevel.Information)];
    }
}
