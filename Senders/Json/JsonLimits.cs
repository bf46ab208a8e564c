namespace EcosystemSilo.Senders.Json;

/// <summary>The bounds of JSON that comes from outside, each with the reason for its size.</summary>
public static class JsonLimits
{
    /// <summary>
    /// Nested objects and arrays; no document of ours passes 10, and recursion over 64 costs no stack.
    /// </summary>
    public const int DepthMax = 64;

    /// <summary>
    /// Characters of one number: a 64-bit integer has 20, a double in full 24; more is an attack or a bug.
    /// </summary>
    public const int NumberCharsMax = 40;

    /// <summary>Values, names and brackets in one body: bounds the index that parsing builds to about 1 MB.</summary>
    public const int TokensMax = 100_000;

    /// <summary>
    /// Characters of a path in an error: a sender chooses the names in it, a log should not pay for them.
    /// </summary>
    public const int PathCharsMax = 256;
}
