using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// Signs what the processes of one cluster prove themselves by. Its key follows from the master key and the cluster's
/// name, so that every process has it and no file has to be handed round; it is a key of its own, from which the master
/// key cannot be found.
/// </summary>
internal sealed class ClusterAuthority
{
    public const string OfServers = "1.3.6.1.5.5.7.3.1";
    public const string OfClients = "1.3.6.1.5.5.7.3.2";

    private const string AuthorityName = "cluster authority";

    private readonly ECDsa key;

    public ClusterAuthority(IKeySafe safe, string cluster)
    {
        Cluster = cluster;
        key = Key(safe.Derive($"cluster authority/{cluster}", MembershipLimits.AuthoritySeedBytes));
        Certificate = SelfSigned();
    }

    public string Cluster { get; }

    /// <summary>
    /// What the others' certificates must end at. Each process signs one for itself: what they have in common is the
    /// key and the name.
    /// </summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>A certificate with a fresh key for this process alone.</summary>
    /// <param name="usages">Those of <see cref="OfServers"/> and <see cref="OfClients"/> that it is for.</param>
    public X509Certificate2 Issue(DateTimeOffset now, params string[] usages)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(Cluster), own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)
        );
        var purposes = new OidCollection();
        foreach (var usage in usages)
        {
            purposes.Add(new Oid(usage));
        }
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, critical: true));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false)
        );
        using var signed = request.Create(
            Certificate.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            now - MembershipLimits.CertificateMargin,
            now + MembershipLimits.CertificateMargin,
            Serial()
        );
        using var whole = signed.CopyWithPrivateKey(own);
        // Not every platform's TLS takes a key that was never part of a store.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>Trusts this authority and no other, asks nobody else, and wants the usage to be named.</summary>
    public X509ChainPolicy PolicyFor(string usage, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
        };
        policy.CustomTrustStore.Add(Certificate);
        policy.ApplicationPolicy.Add(new Oid(usage));
        return policy;
    }

    /// <summary>Whether a certificate whose chain has been built by our policy is one of this cluster.</summary>
    public bool IsOfCluster(X509Certificate2 certificate, X509Chain chain, string usage) =>
        chain.ChainElements.Count == 2
        && chain.ChainElements[1].Certificate.RawDataMemory.Span.SequenceEqual(Certificate.RawDataMemory.Span)
        && certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == Cluster
        // The chain also passes a certificate that names no usage at all.
        && certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(named => named.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == usage));

    private X509Certificate2 SelfSigned()
    {
        // A common name has at most 64 characters, which the cluster may need all.
        var request = new CertificateRequest(Name(AuthorityName), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        // As long as there is the master key; a clock has no say in it.
        return request.Create(
            request.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero),
            Serial()
        );
    }

    /// <summary>
    /// A private key of P-256 out of random bytes, as FIPS 186-5, A.2.1 has it: so many more bytes than the curve's
    /// order that no key is likelier than another.
    /// </summary>
    private static ECDsa Key(ReadOnlySpan<byte> seed)
    {
        var order = BigInteger.Parse(
            "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            System.Globalization.NumberStyles.HexNumber,
            System.Globalization.CultureInfo.InvariantCulture
        );
        var number = (new BigInteger(seed, isUnsigned: true, isBigEndian: true) % (order - 1)) + 1;
        var secret = new byte[32];
        var written = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(secret, secret.Length - written.Length);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
    }

    private static X500DistinguishedName Name(string common)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName(ClusterSilo.Product);
        name.AddCommonName(common);
        return name.Build();
    }

    /// <summary>Positive, as RFC 5280, 4.1.2.2 wants it.</summary>
    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
