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

    /// <exception cref="StartRefusedException">This process was set up for another installation.</exception>
    public static async Task Check(
        IJournal journal,
        string clusterId,
        ReadOnlyMemory<byte> fingerprint,
        CancellationToken cancellation
    )
    {
        var known = Encoding.UTF8.GetString(
            await journal.KeepFact(ClusterIdFact, Encoding.UTF8.GetBytes(clusterId), cancellation)
        );
        if (known != clusterId)
        {
            throw Refused(
                $"Cluster__Id is {clusterId}, but this journal belongs to cluster {known}: set Cluster__Id={known}, or "
                    + "Journal__ConnectionString to the journal of this cluster."
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
    }

    private static StartRefusedException Refused(string message) => new(ExitCodes.OtherInstallation, message);
}
