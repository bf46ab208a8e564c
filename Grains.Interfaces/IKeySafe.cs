namespace EcosystemSilo.Grains.Interfaces;

/// <summary>Encrypts the keys of data subjects under a key that is kept apart from the journal.</summary>
public interface IKeySafe
{
    /// <summary>Tells the master key from any other, and says nothing else of it.</summary>
    ReadOnlyMemory<byte> Fingerprint { get; }

    /// <param name="subject">Bound in, so that a key copied to another subject does not open there.</param>
    byte[] Seal(ReadOnlySpan<byte> key, string subject);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Sealed under another master key, for
    /// another subject, or damaged.</exception>
    byte[] Open(ReadOnlySpan<byte> sealedKey, string subject);

    /// <summary>
    /// A key for one purpose: the same wherever the master key is the same, and of no use to find the master key by.
    /// </summary>
    byte[] Derive(string purpose, int byteCount);
}
