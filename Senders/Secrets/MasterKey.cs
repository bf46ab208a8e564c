using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Senders.Secrets;

/// <summary>
/// The key that secrets are encrypted under: <c>Secrets__MasterKey</c> (base64 of 32 bytes), or a key file in the data
/// folder that is made at the first start. All processes of one journal need the same key.
/// </summary>
public sealed class MasterKey
{
    public const string Setting = "Secrets:MasterKey";

    private const int KeyBytes = 32;
    private const string FileName = "master.key";

    public MasterKey(IConfiguration configuration, DataFolder data)
    {
        var text = configuration[Setting] is { Length: > 0 } configured
            ? configured
            : data.ReadOrMake(FileName, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        var bytes = new byte[KeyBytes];
        if (!Convert.TryFromBase64String(text.Trim(), bytes, out var length) || length != KeyBytes)
        {
            throw new OptionsValidationException(
                Setting,
                typeof(MasterKey),
                ["Secrets__MasterKey must be the base64 of exactly 32 bytes."]
            );
        }

        Bytes = bytes;
    }

    internal byte[] Bytes { get; }

    /// <summary>Whether there is a key already: a process that others must agree with must not make one.</summary>
    public static bool IsGiven(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } || File.Exists(Path.Combine(DataFolder.In(configuration), FileName));
}
