namespace EcosystemSilo.LoadTests.Baselines;

/// <summary>Checks and reads a delivery, stores nothing, and says it was applied: the ceiling.</summary>
internal static class NonePeer
{
    public static Task Run() => PeerServer.Run((_, _) => ValueTask.FromResult(PeerDelivery.Applied));
}
