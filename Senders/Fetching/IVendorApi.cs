using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>A question to a sender's API.</summary>
/// <param name="Path">After the address of the API, without a slash before it; or a whole address that the sender
/// named, which is asked only at the sender's own host.</param>
/// <param name="Form">The fields of a POST; without them a GET has no body.</param>
public sealed record VendorRequest(HttpMethod Method, string Path, IReadOnlyDictionary<string, string>? Form = null)
{
    /// <summary>Without an access token, and where tokens are given: its form proves who asks.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Proves who asks as RFC 6749 section 2.3.1 wants it; null where the form does.</summary>
    public VendorClientId? Basic { get; init; }

    public static VendorRequest Get(string path) => new(HttpMethod.Get, path);

    public static VendorRequest Post(string path, IReadOnlyDictionary<string, string> form) =>
        new(HttpMethod.Post, path, form);
}

/// <summary>How often a sender lets one application ask, or one application for one person.</summary>
public sealed record QuotaRule(int Requests, TimeSpan Window, bool IsPerPerson = false);

/// <summary>Who we are at a sender.</summary>
public sealed record VendorClientId(string Id, string Secret)
{
    public override string ToString() => $"{Id} (secret)";
}

/// <summary>A person who is to be let go at the sender.</summary>
/// <param name="Client">Null when the source does not say who we are.</param>
/// <param name="User">The sender's id of the person; empty when it is not known.</param>
public sealed record Leaver(VendorTokens Tokens, VendorClientId? Client, string User, DateTimeOffset Now)
{
    /// <summary>What is taken back with everything that was given for it (RFC 7009 section 2.1).</summary>
    public string Grant => Tokens.Refresh ?? Tokens.Access;

    public override string ToString() => "(leaver)";
}

/// <summary>What an answer means.</summary>
public enum Answered
{
    Well,
    Unauthorised,
    Throttled,

    /// <summary>It may work another time.</summary>
    Failed,

    /// <summary>It never will.</summary>
    Refused,
}

/// <summary>
/// The API of a sender whose notifications are thin: where what is, and how tokens are replaced. Pure: no I/O, no
/// clock. Adding one is adding one file and its line in <see cref="VendorApis"/>.
/// </summary>
public interface IVendorApi
{
    /// <summary>The name of the scheme that its notifications have.</summary>
    string Scheme { get; }

    /// <summary>The public address, unless the source has another; it ends with a slash.</summary>
    string Address { get; }

    /// <summary>Where tokens are given and taken back; it ends with a slash.</summary>
    string TokenAddress => Address;

    IReadOnlyList<QuotaRule> Quota { get; }

    /// <summary>What a backfill fetches.</summary>
    IReadOnlyList<PastResource> Past { get; }

    /// <summary>Where the tokens are replaced.</summary>
    string TokenPath { get; }

    /// <summary>Null when there is nothing to ask.</summary>
    VendorRequest? First(PendingFetch fetch);

    /// <summary>The page after an answer; null when it was the last.</summary>
    VendorRequest? Next(PendingFetch fetch, JsonElement answer);

    /// <summary>Whether an answer is what was fetched, and not only on the way there.</summary>
    bool IsContent(PendingFetch fetch, JsonElement answer) => true;

    /// <summary>How to tell the sender that the person is gone; null where it has no way.</summary>
    VendorRequest? Deregister(Leaver leaver);

    /// <summary>What to tell it after an answer; null when that was all.</summary>
    VendorRequest? DeregisterNext(Leaver leaver, JsonElement answer) => null;

    Answered Judge(int status, JsonElement answer) => VendorAnswers.ByStatus(status);

    /// <summary>The fields of RFC 6749 section 6.</summary>
    VendorRequest Refresh(VendorClientId client, string refreshToken) =>
        VendorRequest.Post(
            TokenPath,
            new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = refreshToken,
                ["client_id"] = client.Id,
                ["client_secret"] = client.Secret,
            }
        ) with
        {
            IsAnonymous = true,
        };

    /// <summary>Null when the answer has none.</summary>
    VendorTokens? ReadTokens(JsonElement answer, DateTimeOffset now) => VendorTokens.Read(new JsonPlace(answer), now);
}

internal static class VendorAnswers
{
    public static Answered ByStatus(int status) =>
        status switch
        {
            >= 200 and < 300 => Answered.Well,
            401 or 403 => Answered.Unauthorised,
            429 => Answered.Throttled,
            408 or >= 500 => Answered.Failed,
            _ => Answered.Refused,
        };

    /// <summary>For senders of whose data a person may allow a part: 403 is about what was asked for alone.</summary>
    public static Answered ByStatusOfScopes(int status) => status == 403 ? Answered.Refused : ByStatus(status);
}

/// <summary>The senders that are asked.</summary>
public static class VendorApis
{
    private static readonly Dictionary<string, IVendorApi> ByScheme = new IVendorApi[]
    {
        new OuraApi(),
        new WithingsApi(),
        new WhoopApi(),
        new StravaApi(),
        new FitbitApi(),
        new GoogleHealthApi(),
        new PolarApi(),
        new GarminApi(),
    }.ToDictionary(api => api.Scheme, StringComparer.Ordinal);

    public static IReadOnlyCollection<IVendorApi> All => ByScheme.Values;

    public static IVendorApi? Find(string scheme) => ByScheme.GetValueOrDefault(scheme);
}
