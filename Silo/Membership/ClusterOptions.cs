using System.Net;
using System.Text.RegularExpressions;

namespace EcosystemSilo.Silo.Membership;

/// <summary>What a process does in its cluster.</summary>
public enum ClusterRole
{
    /// <summary>Everything, alone.</summary>
    Single,

    /// <summary>Runs grains, and what follows from their events.</summary>
    Silo,

    /// <summary>Answers REST, webhooks and the hub, and asks the silos.</summary>
    Gateway,

    /// <summary>A gateway that runs grains as well.</summary>
    Both,
}

/// <summary>A process's place among others, section <c>Cluster</c>.</summary>
public sealed partial class ClusterOptions
{
    public const string Section = "Cluster";

    internal const string DrainTimeRule = "Cluster__DrainTime must be a time from 00:00:00 to 00:01:00.";

    /// <summary>
    /// What this process does: <c>Single</c>, <c>Silo</c>, <c>Gateway</c> or <c>Both</c>. Default: <c>Single</c> for
    /// the gateway's program, <c>Silo</c> for the silo's. All but <c>Single</c> need PostgreSQL, where the processes of
    /// a cluster find each other.
    /// </summary>
    public ClusterRole Role { get; set; }

    /// <summary>
    /// The cluster's name: processes with the same one on the same database belong together. Default
    /// <c>ecosystemsilo</c>; 1 to 64 letters, digits, dots, hyphens and underscores.
    /// </summary>
    public string Id { get; set; } = "ecosystemsilo";

    /// <summary>
    /// The port on which other silos reach this one. Default 11111; 1 to 65535, different for the silos of one machine.
    /// </summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>
    /// The port on which gateways reach this silo. Default 30000; 1 to 65535, different for the silos of one machine.
    /// </summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>
    /// The address under which others reach this silo. Default: the pod's in Kubernetes (<c>POD_IP</c>), elsewhere the
    /// machine's first IPv4 address that is not a loopback's, or else the loopback's; always the loopback's for
    /// <c>Single</c>. Where the address is not the machine's own, as behind a translating router, the silo listens on
    /// all addresses.
    /// </summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>
    /// Whether the processes of the cluster talk to each other in the clear, and believe whoever reaches their ports.
    /// Default <c>false</c>: each proves to the others that it has the master key, by TLS. For networks that do the
    /// same, such as a service mesh. The same in all processes.
    /// </summary>
    public bool AllowPlain { get; set; }

    /// <summary>
    /// How long a process that was told to stop still answers requests, while <c>/health/ready</c> says no already, so
    /// that whoever spreads requests notices. Default 5 s for <c>Gateway</c> and <c>Both</c>, none for <c>Single</c>
    /// and <c>Silo</c>; up to 1 min. A second signal ends it.
    /// </summary>
    public TimeSpan? DrainTime { get; set; }

    /// <summary>The pod of a silo that runs in Kubernetes, from the variables of its manifest.</summary>
    internal KubernetesPod? Pod { get; set; }

    internal TimeSpan DrainTimeOfRole =>
        DrainTime ?? (Role is ClusterRole.Gateway or ClusterRole.Both ? MembershipLimits.DrainTime : TimeSpan.Zero);

    /// <summary>What is wrong with the settings, each with the setting's full name.</summary>
    /// <param name="provider">The setting <c>Journal__Provider</c>.</param>
    internal IEnumerable<string> Faults(string? provider)
    {
        if (
            Role is not ClusterRole.Single
            && !string.Equals(provider, "PostgreSql", StringComparison.OrdinalIgnoreCase)
        )
        {
            yield return $"Cluster__Role={Role} needs PostgreSQL (Journal__Provider=PostgreSql): "
                + "a SQLite file belongs to one process.";
        }
        if (!Name().IsMatch(Id) || Id.Length > MembershipLimits.IdCharactersMax)
        {
            yield return "Cluster__Id must be 1 to 64 letters, digits, dots, hyphens and underscores.";
        }
        if (SiloPort is < 1 or > IPEndPoint.MaxPort)
        {
            yield return "Cluster__SiloPort must be 1 to 65535.";
        }
        if (GatewayPort is < 1 or > IPEndPoint.MaxPort)
        {
            yield return "Cluster__GatewayPort must be 1 to 65535.";
        }
        if (SiloPort == GatewayPort)
        {
            yield return "Cluster__GatewayPort must not be Cluster__SiloPort.";
        }
        if (AdvertisedAddress is not null && !Addresses.CanBeReached(AdvertisedAddress))
        {
            yield return "Cluster__AdvertisedAddress must be the IP address of one machine, such as 10.0.0.7.";
        }
        if (DrainTime < TimeSpan.Zero || DrainTime > MembershipLimits.DrainTimeMax)
        {
            yield return DrainTimeRule;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}
