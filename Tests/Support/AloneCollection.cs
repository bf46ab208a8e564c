using Xunit;

namespace EcosystemSilo.Tests.Support;

/// <summary>
/// Tests that load the machine or measure time run one after the other, when no other test does: each would spoil the
/// other's figures.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class AloneCollection;
