namespace EcosystemSilo.LoadTests.Processes;

/// <summary>A peer of the product, which is this program again, as a process of its own.</summary>
/// <param name="peer"><c>none</c> or <c>crud</c>.</param>
public sealed class PeerProcess(string peer, string? connectionString = null) : ServerProcess
{
    protected override string Executable { get; } = Path.ChangeExtension(typeof(PeerProcess).Assembly.Location, null);

    protected override IReadOnlyList<string> Arguments =>
        connectionString is null ? ["baseline", peer] : ["baseline", peer, "--database", connectionString];
}
