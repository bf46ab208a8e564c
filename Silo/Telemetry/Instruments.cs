using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Telemetry;

/// <summary>What is measured and traced, wherever it goes.</summary>
internal static class Instruments
{
    public const string ServiceName = "ecosystem-silo";

    /// <summary>The product's instruments; every project uses this one meter and source.</summary>
    public const string Ours = "EcosystemSilo";

    /// <summary>
    /// Ours, Orleans', and the framework's: requests, connections, refusals by rate, hubs, memory, the database.
    /// </summary>
    public static readonly string[] Meters =
    [
        Ours,
        JournalMetrics.MeterName,
        "Microsoft.Orleans",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Diagnostics",
        "System.Runtime",
        "Npgsql",
    ];

    /// <summary>Requests, what follows from events, calls of grains from process to process, and statements.</summary>
    public static readonly string[] Sources = [Ours, "Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Npgsql"];
}
