using System.Globalization;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>Settings that several schemes have.</summary>
internal static class SharedSettings
{
    /// <summary>Event Hubs' own limit.</summary>
    private const int HubNameCharsMax = 256;

    public static readonly SettingFacts Addresses = new(
        "addresses",
        "Sender's addresses",
        "Addresses and networks the sender posts from, with commas between, such as 192.0.2.0/24. Empty: any. Behind a "
            + "proxy, Gateway__TrustedProxies must name it."
    )
    {
        IsValid = text => AddressList.TryParse(text, out _),
        Rule = "addresses and networks with commas between, such as 192.0.2.7, 198.51.100.0/24",
    };

    /// <summary>For senders that do not say whether a retry is dated anew.</summary>
    public static readonly SettingFacts Tolerance = new(
        "toleranceMinutes",
        "Tolerance in minutes",
        "How old a delivery's timestamp may be, 1 to 1440. Empty: 5. The sender does not publish whether its retries "
            + "are dated anew; repeats are recognised either way."
    )
    {
        IsValid = text => TryReadMinutes(text, out _),
        Rule = "a whole number of minutes from 1 to 1440",
    };

    /// <summary>For senders whose notifications are thin: by what their API is asked (RFC 6749).</summary>
    public static readonly SettingFacts ApiClientId = new(
        "apiClientId",
        "Client id of the API",
        "With it and the secret, tokens that ran out are replaced by fresh ones."
    );

    public static readonly SettingFacts ApiClientSecret = new(
        "apiClientSecret",
        "Client secret of the API",
        "Of the same application at the sender."
    )
    {
        IsSecret = true,
    };

    public static readonly SettingFacts ApiAddress = new(
        "apiAddress",
        "Address of the API",
        "Empty: the sender's public one. Taken only with Fetching__AllowOtherAddresses."
    )
    {
        IsValid = text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("https" or "http"),
        Rule = "an address such as https://api.example.com/",
    };

    /// <summary>For senders whose deliveries may come by an event hub, which then answers for who sent them.</summary>
    public static readonly SettingFacts EventHub = new(
        "eventHub",
        "Event hub",
        "Name of the event hub that may bring this source's deliveries (EventHubs__Hub). Empty: none."
    )
    {
        IsValid = text =>
            text.Length <= HubNameCharsMax && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'),
        Rule = "the name of an event hub: up to 256 letters, digits, full stops, hyphens and underscores",
    };

    public static readonly IReadOnlyList<SettingFacts> Api = [ApiClientId, ApiClientSecret, ApiAddress];

    public static TimeSpan ToleranceOf(InboundRequest request) =>
        TryReadMinutes(request.Settings[Tolerance.Name] ?? "", out var minutes)
            ? TimeSpan.FromMinutes(minutes)
            : WebhookLimits.TimestampTolerance;

    private static bool TryReadMinutes(string text, out int minutes) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out minutes)
        && minutes >= 1
        && minutes <= WebhookLimits.ToleranceMinutesMax;
}
