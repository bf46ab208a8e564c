namespace EcosystemSilo.Silo.EventHubs;

/// <summary>A place in a partition: that of one message, by number and in the hub's own words.</summary>
internal sealed record HubPosition(long Sequence, string Offset);
