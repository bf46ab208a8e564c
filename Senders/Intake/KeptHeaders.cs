using System.Collections.ObjectModel;
using Microsoft.AspNetCore.Http;

namespace EcosystemSilo.Senders.Intake;

/// <summary>Which headers of a delivery are kept for whoever looks for a fault.</summary>
public static class KeptHeaders
{
    /// <summary>Senders' own headers are about ten; proxies add as many.</summary>
    private const int CountMax = 20;

    private const int CharsMax = 200;

    /// <summary>What a header that proves something, or says where somebody is, has in its name.</summary>
    private static readonly string[] Secretive =
    [
        "auth",
        "cookie",
        "credential",
        "digest",
        "forwarded",
        "hmac",
        "key",
        "password",
        "real-ip",
        "secret",
        "sig",
        "token",
    ];

    private static readonly string[] Wanted = ["content-type", "user-agent", "date"];

    /// <summary>Senders' own words for ids, times, types and attempts begin so.</summary>
    private static readonly string[] WantedPrefixes = ["x-", "webhook-", "ce-", "svix-"];

    public static IReadOnlyDictionary<string, string> None { get; } = ReadOnlyDictionary<string, string>.Empty;

    public static IReadOnlyDictionary<string, string> Of(IHeaderDictionary headers) =>
        headers
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: header.Value.ToString()))
            .Where(header => IsWanted(header.Name))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .Take(CountMax)
            .ToDictionary(header => header.Name, header => Cut(header.Value));

    private static bool IsWanted(string name) =>
        (Wanted.Contains(name) || WantedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
        && !Secretive.Any(word => name.Contains(word, StringComparison.Ordinal));

    private static string Cut(string value) => value.Length <= CharsMax ? value : $"{value[..CharsMax]}…";
}
