namespace EcosystemSilo.Silo;

/// <summary>Settings of the silo, section <c>Silo</c>.</summary>
public sealed class SiloOptions
{
    public const string Section = "Silo";

    /// <summary>How long an unused grain stays in memory. Default 10 minutes; at least 1 second.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often due deadlines are looked for. Default 1 second; 10 milliseconds to 1 minute.</summary>
    public TimeSpan DeadlineInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long work that one process does for all (reactions, saving lists) waits for a process that has died before
    /// another one goes on. The same in all processes. Default 2.5 seconds; 1 second to 1 minute.
    /// </summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// How old outcomes may be before they are computed again for whoever asks. A consent that is taken back leaves
    /// them that much later. Default 5 minutes; 0 seconds to 1 hour.
    /// </summary>
    public TimeSpan OutcomesAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Folder of the blueprint files (*.yaml) published at start. Default: the one shipped with the program.
    /// </summary>
    public string BlueprintsFolder { get; set; } = Path.Combine(AppContext.BaseDirectory, "blueprints");
}
