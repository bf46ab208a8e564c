using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Gateway.CustomerPrograms;

/// <summary>
/// The text of an invitation code, 100 random bits: <c>7h2k-9mpq-…</c>. It is shown once; what is kept is its hash.
/// </summary>
public sealed class InvitationCode
{
    /// <summary>20 characters: short enough to type, and the hint leaves 80 bits to guess.</summary>
    private const int Characters = 20;
    private const int GroupLength = 4;
    private const int Bytes = 13;

    private readonly string _letters;

    private InvitationCode(string letters) => _letters = letters;

    /// <summary>The last characters, to tell codes apart.</summary>
    public string Hint => _letters[^GroupLength..];

    /// <summary>SHA-256 in base64. Random codes need no salt.</summary>
    public string Hash => HashOf(_letters);

    public static InvitationCode Create() => new(Base32.Random(Bytes)[..Characters]);

    /// <summary>The hash of what a person typed: case, spaces and dashes do not matter.</summary>
    public static string HashOf(string typed) =>
        Convert.ToBase64String(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Concat(typed.Where(letter => letter is not ('-' or ' '))).ToLowerInvariant()
                )
            )
        );

    /// <summary>As it is shown, in groups.</summary>
    public string Reveal() => string.Join('-', _letters.Chunk(GroupLength).Select(group => new string(group)));

    public override string ToString() => $"(code …{Hint})";
}
