using EcosystemSilo.Senders.Schemes;
using Shouldly;

namespace EcosystemSilo.Tests.Webhooks.Senders;

/// <summary>
/// A delivery of one kind of sender, and how each thing that can befall it ends: a status and a code, or why it cannot
/// befall this sender, after a dash. Only <see cref="Valid"/> and the repeats have an effect.
/// </summary>
/// <param name="Scheme">The scheme's name.</param>
/// <param name="Body">What the sender posts.</param>
public sealed record SenderSample(string Scheme, string Body)
{
    private const string Unsigned = "- nothing is signed: the body rests on TLS";

    public Dictionary<string, string> Settings { get; init; } = [];

    public string Valid { get; init; } = "202";

    /// <summary>A value changed after signing.</summary>
    public string Tampered { get; init; } = "401 webhook.signature-invalid";

    /// <summary>The last byte cut off after signing.</summary>
    public string Truncated { get; init; } = "401 webhook.signature-invalid";

    /// <summary>Signed a day ago.</summary>
    public string Stale { get; init; } = "401 webhook.timestamp-stale";

    public string WrongSecret { get; init; } = "401 webhook.signature-invalid";

    /// <summary>Nothing of what proves the sender is there.</summary>
    public string Unproven { get; init; } = "401 webhook.signature-missing";

    /// <summary>The same JSON, written with other white space after signing.</summary>
    public string Reserialised { get; init; } = "401 webhook.signature-invalid";

    /// <summary>A byte beyond the limit.</summary>
    public string Oversized { get; init; } = "413 webhook.body-too-large";

    /// <summary>A delivery that proves its sender and is none of the scheme's.</summary>
    public string Misshapen { get; init; } = "400 webhook.body-malformed";

    public string MisshapenBody { get; init; } = "{}";

    /// <summary>Whether its parts are known by their content, however the delivery is written.</summary>
    public bool IsParted => Kind.Facts.IsStreamed;

    /// <summary>What the sender asks before it delivers, and the answers.</summary>
    public IReadOnlyList<Greeting> Greetings { get; init; } = [];

    public override string ToString() => Scheme;

    /// <summary>A sender that signs body and time.</summary>
    public static SenderSample Timed(string scheme, string body) => new(scheme, body);

    /// <summary>A sender that signs the body alone.</summary>
    public static SenderSample Signed(string scheme, string body) =>
        new(scheme, body) { Stale = "- no time is signed: repeats are recognised by their id" };

    /// <summary>A sender that shows a bearer token.</summary>
    public static SenderSample Bearer(string scheme, string body) =>
        new(scheme, body)
        {
            Tampered = Unsigned,
            Truncated = "400 json.malformed",
            Stale = Unsigned,
            Reserialised = "202",
        };

    /// <summary>A sender whose address holds the secret.</summary>
    public static SenderSample AtSecretAddress(string scheme, string body) =>
        Bearer(scheme, body) with
        {
            Valid = "200",
            WrongSecret = "404 webhook.address-unknown",
            Unproven = "404 webhook.address-unknown",
            Reserialised = "200",
        };

    /// <summary>The sample of a scheme; every scheme has one.</summary>
    public static SenderSample Of(string scheme) =>
        SenderSamples.All.SingleOrDefault(sample => sample.Scheme == scheme).ShouldNotBeNull($"{scheme} has no sample");

    public IWebhookScheme Kind => WebhookSchemes.Find(Scheme).ShouldNotBeNull();
}

/// <summary>A request before the first delivery.</summary>
/// <param name="Query">After the address, with its question mark.</param>
/// <param name="Answer">Status, and after a space the code or the body; a dash for a body that does not matter.</param>
public sealed record Greeting(string Method, string Query, string Answer)
{
    public string? Body { get; init; }

    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Whether what proves the sender is with it.</summary>
    public bool IsProven { get; init; } = true;
}
