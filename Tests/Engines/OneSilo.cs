using EcosystemSilo.Tests.Support;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>One silo that is alone.</summary>
public sealed class OneSilo : RunningEngine
{
    private TestSilo? _silo;

    protected override async Task<(IReadOnlyList<TestSilo> Silos, IReadOnlyList<TestSilo> Callers)> Start()
    {
        _silo = await TestSilo.Start(clock: Clock, change: Change);
        return ([_silo], [_silo]);
    }

    protected override ValueTask Stop() => _silo?.DisposeAsync() ?? ValueTask.CompletedTask;
}

[CollectionDefinition]
public sealed class OneSiloCollection : ICollectionFixture<OneSilo>;

[Collection<OneSiloCollection>]
public sealed class OneSiloConflictTests(OneSilo engine) : ConflictTests(engine);

[Collection<OneSiloCollection>]
public sealed class OneSiloFailedAppendTests(OneSilo engine) : FailedAppendTests(engine);

[Collection<OneSiloCollection>]
public sealed class OneSiloHotGrainTests(OneSilo engine) : HotGrainTests(engine);

[Collection<OneSiloCollection>]
public sealed class OneSiloRepeatTests(OneSilo engine) : RepeatTests(engine);

[Collection<OneSiloCollection>]
public sealed class OneSiloTwoActivationsTests(OneSilo engine) : TwoActivationsTests(engine);

[Collection<OneSiloCollection>]
public sealed class OneSiloCommittedReadTests(OneSilo engine) : CommittedReadTests(engine);

[Collection<OneSiloCollection>]
public sealed class OneSiloIdleTests(OneSilo engine) : IdleTests(engine);

[Collection<OneSiloCollection>]
public sealed class OneSiloCallTests(OneSilo engine) : CallTests(engine);

[Collection<OneSiloCollection>]
public sealed class OneSiloDeadlineTests(OneSilo engine) : EngineDeadlineTests(engine);

[Collection<OneSiloCollection>]
public sealed class OneSiloPublicationTests(OneSilo engine) : EnginePublicationTests(engine);
