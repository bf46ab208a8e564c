using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// The bytes a sender signs, gathered in a pooled buffer, and HMAC-SHA256 over them in base64. Signatures are compared
/// as text, so that the spare bits of base64 do not make a second valid signature.
/// </summary>
internal struct SignedContent(int bytesMax) : IDisposable
{
    /// <summary>Characters of 32 bytes in base64.</summary>
    public const int SignatureChars = 44;

    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(bytesMax);
    private int _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Append(ReadOnlySpan<char> text) => _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));

    public readonly ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public readonly string Sign(SourceSecret secret)
    {
        Span<byte> signature = stackalloc byte[SignatureChars];
        Sign(secret, signature);
        return Encoding.ASCII.GetString(signature);
    }

    /// <summary>
    /// Whether any candidate is the signature by any secret. Every secret is tried against every candidate, whatever
    /// matched before, so that the time taken does not tell which secret it was.
    /// </summary>
    /// <param name="candidates">Signatures one after another, <see cref="SignatureChars"/> bytes each.</param>
    public readonly bool IsSigned(IReadOnlyList<SourceSecret> secrets, ReadOnlySpan<byte> candidates)
    {
        var matched = false;
        Span<byte> expected = stackalloc byte[SignatureChars];
        for (var i = 0; i < secrets.Count; i++)
        {
            if (secrets[i].IsPublic)
            {
                // Everybody has it, so everybody could make an HMAC of it.
                continue;
            }

            Sign(secrets[i], expected);
            for (var rest = candidates; rest.Length >= SignatureChars; rest = rest[SignatureChars..])
            {
                matched |= CryptographicOperations.FixedTimeEquals(expected, rest[..SignatureChars]);
            }
        }

        return matched;
    }

    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }

    private readonly void Sign(SourceSecret secret, Span<byte> base64)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.Key, _buffer.AsSpan(0, _length), mac);
        Base64.EncodeToUtf8(mac, base64, out _, out _);
    }
}
