using System.Globalization;

namespace EcosystemSilo.Gateway.Webhooks.Schemes;

/// <summary>Settings that several schemes have.</summary>
internal static class SharedSettings
{
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

    public static TimeSpan ToleranceOf(InboundRequest request) =>
        TryReadMinutes(request.Settings[Tolerance.Name] ?? "", out var minutes)
            ? TimeSpan.FromMinutes(minutes)
            : WebhookLimits.TimestampTolerance;

    private static bool TryReadMinutes(string text, out int minutes) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out minutes)
        && minutes >= 1
        && minutes <= WebhookLimits.ToleranceMinutesMax;
}
