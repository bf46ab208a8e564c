using System.Security.Cryptography.X509Certificates;

namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// What this process proves itself by: a silo as a server and as a client, a gateway only as a client.
/// </summary>
/// <param name="clock">The computer's, by which certificates are judged.</param>
internal sealed class OwnCertificate(ClusterAuthority authority, ClusterRole role, TimeProvider clock)
{
    private readonly string[] usages =
        role is ClusterRole.Gateway
            ? [ClusterAuthority.OfClients]
            : [ClusterAuthority.OfServers, ClusterAuthority.OfClients];

    private readonly Lock making = new();
    private (X509Certificate2 Certificate, DateTimeOffset At)? made;

    public X509Certificate2 Current()
    {
        lock (making)
        {
            var now = clock.GetUtcNow();
            // Looked at both ways, since clocks are also put back.
            if (made is not { } last || (now - last.At).Duration() > MembershipLimits.CertificateAge)
            {
                // The former one may be in use by a handshake, and goes with the last.
                made = last = (authority.Issue(now, usages), now);
            }
            return last.Certificate;
        }
    }
}
