using System.Runtime.InteropServices;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// Ed25519 (RFC 8032) by the platform's OpenSSL, because the base library has none (docs/decisions/0007). Where there
/// is no OpenSSL 1.1.1 or newer, <see cref="IsSupported"/> is false and no source can have such a key.
/// </summary>
internal static partial class Ed25519
{
    public const int KeyBytes = 32;
    public const int SignatureBytes = 64;

    private const string Library = "libcrypto";

    /// <summary>The number of the algorithm in OpenSSL (obj_mac.h, NID_ED25519).</summary>
    private const int Algorithm = 1087;

    private static readonly string[] Names =
    [
        "libcrypto.so.3",
        "libcrypto.so.1.1",
        "libcrypto.3.dylib",
        "libcrypto-3-x64",
    ];

    private static readonly nint Handle = Load();

    public static bool IsSupported => Handle != 0;

    /// <summary>
    /// The points of small order (RFC 8032, section 5.1.7, and every encoding of theirs), without the sign in the last
    /// byte: under such a key a signature that anybody can make holds for any message.
    /// </summary>
    private static readonly byte[][] Weak =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Convert.FromHexString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];

    /// <summary>Whether a public key proves anything.</summary>
    public static bool IsStrong(ReadOnlySpan<byte> publicKey)
    {
        foreach (var weak in Weak)
        {
            if (publicKey[..^1].SequenceEqual(weak.AsSpan(0, KeyBytes - 1)) && (publicKey[^1] & 0x7f) == weak[^1])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether the signature is the key's over the message; false for a key that is no point, or a weak one.
    /// </summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeyBytes || !IsStrong(publicKey) || signature.Length != SignatureBytes)
        {
            return false;
        }

        var key = NewPublicKey(Algorithm, 0, in MemoryMarshal.GetReference(publicKey), KeyBytes);
        return key != 0
            && With(key, context => DigestVerifyInit(context, 0, 0, 0, key) == 1, message, signature.ToArray(), Check);

        static bool Check(nint context, byte[] signature, ReadOnlySpan<byte> message) =>
            DigestVerify(
                context,
                signature,
                (nuint)signature.Length,
                in MemoryMarshal.GetReference(message),
                (nuint)message.Length
            ) == 1;
    }

    /// <param name="seed">The 32 bytes of the private key.</param>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        var key = NewPrivateKey(Algorithm, 0, in MemoryMarshal.GetReference(seed), KeyBytes);
        var signature = new byte[SignatureBytes];
        return key != 0 && With(key, context => DigestSignInit(context, 0, 0, 0, key) == 1, message, signature, Make)
            ? signature
            : throw new InvalidOperationException("OpenSSL did not sign.");

        static bool Make(nint context, byte[] signature, ReadOnlySpan<byte> message)
        {
            var length = (nuint)signature.Length;
            return DigestSign(
                    context,
                    signature,
                    ref length,
                    in MemoryMarshal.GetReference(message),
                    (nuint)message.Length
                ) == 1;
        }
    }

    /// <param name="seed">The 32 bytes of the private key.</param>
    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        var key = NewPrivateKey(Algorithm, 0, in MemoryMarshal.GetReference(seed), KeyBytes);
        try
        {
            var publicKey = new byte[KeyBytes];
            var length = (nuint)publicKey.Length;
            return key != 0 && RawPublicKey(key, publicKey, ref length) == 1
                ? publicKey
                : throw new InvalidOperationException("OpenSSL has no public key for this.");
        }
        finally
        {
            FreeKey(key);
        }
    }

    private delegate bool Use(nint context, byte[] signature, ReadOnlySpan<byte> message);

    /// <summary>Frees the key, and the context that is made for it, whatever happens between.</summary>
    private static bool With(nint key, Func<nint, bool> start, ReadOnlySpan<byte> message, byte[] signature, Use use)
    {
        var context = NewContext();
        try
        {
            return context != 0 && start(context) && use(context, signature, message);
        }
        finally
        {
            FreeContext(context);
            FreeKey(key);
        }
    }

    private static nint Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(Ed25519).Assembly, (name, _, _) => name == Library ? Handle : 0);
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial nint NewPublicKey(int algorithm, nint engine, in byte key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial nint NewPrivateKey(int algorithm, nint engine, in byte key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int RawPublicKey(nint key, byte[] publicKey, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial nint NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    private static partial int DigestVerify(nint context, byte[] signature, nuint length, in byte message, nuint size);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    private static partial int DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    private static partial int DigestSign(
        nint context,
        byte[] signature,
        ref nuint length,
        in byte message,
        nuint size
    );
}
