using System.Text;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Membership;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>
/// What all processes of a journal agree on. The first one to start says it, and the journal keeps
/// it.
/// </summary>
internal static class Installation
{
    private const string ClusterIdFact = "cluster-id";
    private const string MasterKeyFact = "master-key";
    private const string PortsFact = "cluster-ports";
    private const string Plain = "plain";
    private const string Tls = "tls";

    /// <param name="journalSetting">The setting that says where the journal is.</param>
    /// <exception cref="StartRefusedException">This process was set up for another installation.</exception>
    public static async Task Check(
        IJournal journal,
        ClusterOptions cluster,
        ReadOnlyMemory<byte> fingerprint,
        string journalSetting,
        CancellationToken cancellation
    )
    {
        var known = await Keep(journal, ClusterIdFact, cluster.Id, cancellation);
        if (known != cluster.Id)
        {
            throw Refused(
                $"Cluster__Id is {cluster.Id}, but this journal belongs to cluster {known}: set Cluster__Id={known}, or "
                    + $"{journalSetting} to the journal of this cluster."
            );
        }
        var key = await journal.KeepFact(MasterKeyFact, fingerprint, cancellation);
        if (!key.AsSpan().SequenceEqual(fingerprint.Span))
        {
            throw Refused(
                "Secrets__MasterKey, or master.key in Data__Folder where it is not set, is another key than the one that "
                    + "this journal's secrets are encrypted under: all processes of a journal need the same."
            );
        }
        if (cluster.Role is not ClusterRole.Single)
        {
            await CheckPorts(journal, cluster.AllowPlain, cancellation);
        }
    }

    /// <summary>Processes of which some talk in the clear would not hear the others at all.</summary>
    private static async Task CheckPorts(IJournal journal, bool isPlain, CancellationToken cancellation)
    {
        var own = isPlain ? Plain : Tls;
        var known = await Keep(journal, PortsFact, own, cancellation);
        if (known != own)
        {
            throw Refused(
                $"Cluster__AllowPlain is {(isPlain ? "true" : "false")}, but the processes of this journal's cluster talk "
                    + $"to each other {(isPlain ? "by TLS" : "in the clear")}: set Cluster__AllowPlain="
                    + $"{(isPlain ? "false" : "true")}, or stop all of them and delete the fact {PortsFact} from the journal."
            );
        }
    }

    private static async Task<string> Keep(
        IJournal journal,
        string fact,
        string value,
        CancellationToken cancellation
    ) => Encoding.UTF8.GetString(await journal.KeepFact(fact, Encoding.UTF8.GetBytes(value), cancellation));

    private static StartRefusedException Refused(string message) => new(ExitCodes.OtherInstallation, message);
}
