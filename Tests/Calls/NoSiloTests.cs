using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Silo.Calls;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Engines;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Calls;

/// <summary>A process that reaches no silo says so at once, whatever its callers' patience.</summary>
public sealed class NoSiloTests
{
    private const string Told = "No silo is reached from this process.";

    private readonly OrleansGrains _grains = new(
        factory: null!,
        new NoLink(),
        new CallRepeats(),
        views: null!,
        TimeProvider.System,
        NullLogger<OrleansGrains>.Instance
    );

    [Fact]
    public async Task ACommand_IsAnsweredAsUnavailable()
    {
        var asking = _grains.Ask(
            SourceCommands.Key,
            SourceCommands.Create,
            new Ask("acme/test", "id", "test", "correlation"),
            TestContext.Current.CancellationToken
        );

        (await Should.ThrowAsync<GrainUnavailableException>(() => asking)).Message.ShouldBe(Told);
    }

    [Fact]
    public async Task ARead_IsAnsweredAsUnavailable()
    {
        var reading = _grains.Read<SourceView>(
            SourceCommands.Key,
            new ReadAt(AtLeast: 1, Patience: TimeSpan.FromMinutes(1)),
            TestContext.Current.CancellationToken
        );

        (await Should.ThrowAsync<GrainUnavailableException>(() => reading)).Message.ShouldBe(Told);
    }

    private sealed class NoLink : IClusterLink
    {
        public bool IsConnected => false;
    }
}
