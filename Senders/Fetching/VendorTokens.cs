using System.Text.Json;
using System.Text.Json.Serialization;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Payloads;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>By what a person lets us fetch. Never printed.</summary>
/// <param name="Refresh">Null where tokens do not run out, or cannot be replaced.</param>
/// <param name="ExpiresAt">Null when it is not known.</param>
public sealed record VendorTokens(string Access, string? Refresh, DateTimeOffset? ExpiresAt)
{
    /// <summary>The answer of RFC 6749 section 5.1; null when it has no token.</summary>
    internal static VendorTokens? Read(JsonPlace answer, DateTimeOffset now) =>
        answer["access_token"].Text is { Length: > 0 and <= FetchLimits.TokenCharsMax } access
            ? new VendorTokens(access, answer["refresh_token"].Text, ExpiryOf(answer["expires_in"].Whole, now))
            : null;

    public static DateTimeOffset? ExpiryOf(long? seconds, DateTimeOffset now) =>
        seconds is > 0 and <= FetchLimits.TokenLifetimeMax ? now.AddSeconds(seconds.Value) : null;

    public override string ToString() => "(tokens)";
}

/// <summary>Encrypts tokens; those of one stream do not open in another.</summary>
public sealed class TokenBox(SecretBox box)
{
    public string Seal(GrainKey stream, VendorTokens tokens) =>
        box.Seal(JsonSerializer.Serialize(tokens, VendorTokensJson.Default.VendorTokens), Purpose(stream));

    public VendorTokens Open(GrainKey stream, string text) =>
        JsonSerializer.Deserialize(box.Open(text, Purpose(stream)), VendorTokensJson.Default.VendorTokens)
        ?? throw new InvalidOperationException($"{stream} has tokens that are null.");

    private static string Purpose(GrainKey stream) => $"{stream}#tokens";
}

[JsonSerializable(typeof(VendorTokens))]
internal sealed partial class VendorTokensJson : JsonSerializerContext;
