namespace EcosystemSilo.Senders.Schemes;

/// <summary>Where the secret of a source comes from.</summary>
public enum SecretOrigin
{
    /// <summary>Made here, and entered at the sender.</summary>
    Here,

    /// <summary>Shown by the sender, and entered here.</summary>
    Sender,

    /// <summary>Made here as a part of the address, for senders that sign nothing.</summary>
    Address,
}

/// <summary>
/// What people need to know to connect a sender, and what the gateway needs to know to treat it well. The form that
/// creates a source and docs/webhooks.md are made of it.
/// </summary>
/// <param name="Label">The sender's name, for people.</param>
/// <param name="Proof">How a delivery proves who sent it, in a few words.</param>
/// <param name="Setup">Which page of the sender takes the address, and what to copy from it.</param>
public sealed record SchemeFacts(string Label, string Proof, string Setup)
{
    /// <summary>How the sender makes sure of the address before it delivers.</summary>
    public string Handshake { get; init; } = "none";

    /// <summary>By what a repeat is recognised.</summary>
    public required string Identity { get; init; }

    public SecretOrigin Secret { get; init; } = SecretOrigin.Here;

    /// <summary>What the sender calls the secret.</summary>
    public string SecretLabel { get; init; } = "Secret";

    /// <summary>How long the sender waits for the answer; null where it says nothing.</summary>
    public TimeSpan? AnswerWithin { get; init; }

    /// <summary>What the sender wants to hear; null for this service's own 202 with the outcome.</summary>
    public Answer? Acknowledgement { get; init; }

    public int BodyBytesMax { get; init; } = WebhookLimits.BodyBytesMax;

    /// <summary>
    /// Whether the sender proves itself before the body: then the body is not held, but taken apart while it arrives.
    /// </summary>
    public bool IsStreamed { get; init; }

    public IReadOnlyList<SettingFacts> Settings { get; init; } = [];
}

/// <summary>One setting of a scheme.</summary>
/// <param name="Name">Its key, for example <c>verifyToken</c>.</param>
/// <param name="Help">What it is for, and where to find it at the sender.</param>
public sealed record SettingFacts(string Name, string Label, string Help)
{
    /// <summary>Encrypted where it is stored, and never shown again.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether the text is one; null takes every text.</summary>
    public Func<string, bool>? IsValid { get; init; }

    /// <summary>What a valid text is, in the words of a refusal.</summary>
    public string Rule { get; init; } = "";
}
