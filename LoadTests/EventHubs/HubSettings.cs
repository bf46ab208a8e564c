using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.EventHubs;

/// <summary>Settings of a process that reads a hub.</summary>
public static class HubSettings
{
    /// <summary>From its next start on it reads a broker's hub, for acme.</summary>
    public static void ReadHub(this ServerProcess process, HubBroker broker)
    {
        process.Set("EventHubs__ConnectionString", broker.ConnectionString);
        process.Set("EventHubs__Hub", broker.Hub);
        process.Set("EventHubs__Ecosystem", "acme");
    }
}
