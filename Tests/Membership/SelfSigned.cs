using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EcosystemSilo.Silo.Membership;

namespace EcosystemSilo.Tests.Membership;

/// <summary>
/// A certificate that anybody can make: the right name and usages, and nobody's signature but its own.
/// </summary>
internal static class SelfSigned
{
    public static X509Certificate2 Certificate(string name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension(
                [new Oid(ClusterAuthority.OfServers), new Oid(ClusterAuthority.OfClients)],
                critical: true
            )
        );
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
