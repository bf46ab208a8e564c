namespace EcosystemSilo.LoadTests.EventHubs;

/// <summary>A message as its sender gives it to a hub.</summary>
public sealed record HubEvent(ReadOnlyMemory<byte> Body, string? Id = null, string? PartitionKey = null)
{
    /// <summary>The application properties.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; init; } =
        new Dictionary<string, object>(StringComparer.Ordinal);

    public string? ContentType { get; init; }
}
