using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Grains.Interfaces.SourceUsers;

/// <summary>
/// A user of a sender: which person it is. The sender's id of the user stands in the key only as a hash, so that what
/// is left after an erasure does not say who it was.
/// </summary>
public static class SourceUserKey
{
    public const string Kind = "source-user";

    /// <summary>128 bits: two of a source's users never meet.</summary>
    private const int Bytes = 16;

    public static GrainKey Of(EcosystemId ecosystem, SourceId source, string user)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{SourceKey.Scope(ecosystem, source)}\n{user}"));
        return new GrainKey(ecosystem, Kind, $"{source}~{Convert.ToHexStringLower(hash.AsSpan(0, Bytes))}");
    }
}
