using System.Text;
using System.Text.Json;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Webhooks.Senders;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

/// <summary>
/// Signed requests, each altered at random in what its scheme protects; none may be accepted. The seed is in every
/// message: set <c>MUTATION_SEED</c> to run one again.
/// </summary>
public sealed class MutatedRequestTests
{
    private const int MutationsPerScheme = 4_000;

    private delegate Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now);

    /// <summary>What each scheme protects, the timestamp first.</summary>
    private static readonly Dictionary<string, string[]> Protected = new(StringComparer.Ordinal)
    {
        ["cloudevents"] = ["Authorization"],
        ["fitbit"] = ["X-Fitbit-Signature"],
        ["hubspot-v1"] = ["X-HubSpot-Signature"],
        ["hubspot-v2"] = ["X-HubSpot-Signature"],
        ["hubspot-v3"] = ["X-HubSpot-Request-Timestamp", "X-HubSpot-Signature-v3"],
        ["oura"] = ["x-oura-timestamp", "x-oura-signature"],
        ["polar"] = ["Polar-Webhook-Signature"],
        ["standard-webhooks"] = ["webhook-timestamp", "webhook-signature", "webhook-id"],
        ["suunto"] = ["X-HMAC-SHA256-Signature"],
        ["whoop"] = ["X-WHOOP-Signature-Timestamp", "X-WHOOP-Signature"],
        ["whoop-partner"] = ["WHOOP-Signed"],
    };

    public static TheoryData<string> Names() => [.. Protected.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NoMutatedRequest_IsAccepted(string name)
    {
        var scheme = WebhookSchemes.Find(name).ShouldNotBeNull();

        var accepted = AcceptedMutations(scheme, scheme.Verify, Seed(), stopAtFirst: false);

        accepted.ShouldBeEmpty();
    }

    /// <summary>The test must be able to fail: three faults that a scheme could have are all found.</summary>
    [Theory]
    [InlineData("standard-webhooks")]
    [InlineData("hubspot-v3")]
    public void APlantedFault_IsFound(string name)
    {
        var scheme = WebhookSchemes.Find(name).ShouldNotBeNull();

        Verify acceptsAll = (_, _, _) => new Verified("any", default, []);
        Verify reserialises = (r, s, now) =>
            scheme.Verify(r with { Body = Reserialised(r.Body, indented: false) }, s, now);
        Verify forgivesTheTail = (r, s, now) => scheme.Verify(WithoutTail(r), s, now);

        AcceptedMutations(scheme, acceptsAll, Seed(), stopAtFirst: true).ShouldNotBeEmpty();
        AcceptedMutations(scheme, reserialises, Seed(), stopAtFirst: true).ShouldNotBeEmpty();
        AcceptedMutations(scheme, forgivesTheTail, Seed(), stopAtFirst: true).ShouldNotBeEmpty();
    }

    private static List<string> AcceptedMutations(IWebhookScheme scheme, Verify verify, int seed, bool stopAtFirst)
    {
        var random = new Random(seed);
        var (secret, other) = (SeededSecret(scheme, random), SeededSecret(scheme, random));
        var accepted = new List<string>();
        for (var tried = 0; tried < MutationsPerScheme && !(stopAtFirst && accepted.Count > 0); )
        {
            var original = Deliveries.Signed(
                scheme,
                secret,
                BodyFor(scheme.Name, random.Next()),
                $"msg_{random.Next()}"
            );
            scheme.Verify(original, [other, secret], Deliveries.Now).Outcome().ShouldBe("200", "the control");

            var (mutation, mutate) = Pick(Mutations(scheme, other), random);
            var mutated = mutate(original, random);
            // A mutation may happen to leave everything as it was (two equal headers swapped): that is no mutation.
            if (Fingerprint(mutated) == Fingerprint(original))
            {
                continue;
            }

            tried++;
            if (verify(mutated, [other, secret], Deliveries.Now) is Verified)
            {
                accepted.Add($"seed {seed}, {scheme.Name}, {mutation}: {Fingerprint(mutated)}");
            }
        }

        return accepted;
    }

    private static List<(string, Func<InboundRequest, Random, InboundRequest>)> Mutations(
        IWebhookScheme scheme,
        SourceSecret other
    )
    {
        var headers = Protected[scheme.Name];
        string Any(Random random) => headers[random.Next(headers.Length)];
        List<(string, Func<InboundRequest, Random, InboundRequest>)> mutations =
        [
            ("bit of a header", (r, random) => Edit(r, Any(random), text => FlipBit(text, random))),
            ("header cut short", (r, random) => Edit(r, Any(random), text => text[..random.Next(text.Length)])),
            ("header with a tail", (r, random) => Edit(r, Any(random), text => text + (char)random.Next('!', '~'))),
            ("header removed", (r, random) => r.WithHeader(Any(random), null)),
            ("headers swapped", (r, random) => SwapHeaders(r, Any(random), Any(random))),
            ("letters swapped", (r, random) => Edit(r, Any(random), text => SwapLetters(text, random))),
        ];
        if (scheme is CloudEventsScheme)
        {
            // A bearer token protects no body, so only the token is altered.
            return mutations;
        }

        mutations.AddRange([
            ("bit of the body", (r, random) => r with { Body = FlipBit(r.Body.ToArray(), random) }),
            ("body cut short", (r, random) => r with { Body = r.Body[..random.Next(r.Body.Length)] }),
            ("body with a tail", (r, random) => r.WithBody(r.BodyText() + " \n]}0"[random.Next(5)])),
            ("body re-serialised", (r, _) => r with { Body = Reserialised(r.Body, indented: true) }),
            ("another body's signature", (r, random) => Resign(scheme, other, r, random)),
        ]);
        if (headers.Length > 1)
        {
            mutations.Add(
                ("timestamp moved", (r, random) => Edit(r, headers[0], text => $"{long.Parse(text) + Offset(random)}"))
            );
        }

        if (scheme is HubSpotV3Scheme)
        {
            mutations.AddRange([
                ("bit of the URL", (r, random) => r with { Url = FlipBit(r.Url, random) }),
                (
                    "another method",
                    (r, random) => r with { Method = ((string[])["GET", "PUT", "post"])[random.Next(3)] }
                ),
                ("boundary moved", (r, _) => r with { Url = r.Url + (char)r.Body.Span[0], Body = r.Body[1..] }),
            ]);
        }

        return mutations;
    }

    /// <summary>
    /// Hexadecimal digits are a secret to every scheme; from the seed, so that a run can be repeated.
    /// </summary>
    private static SourceSecret SeededSecret(IWebhookScheme scheme, Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return scheme.ReadSecret(Convert.ToHexString(bytes)).ShouldNotBeNull();
    }

    internal static string BodyFor(string scheme, int number) =>
        scheme switch
        {
            "standard-webhooks" =>
                $$$"""{"type":"deal.won","timestamp":"2026-11-21T12:00:00Z","data":{"deal":"d-{{{number}}}"}}""",
            "hubspot-v3" => $$"""[{"eventId":{{number}},"subscriptionType":"deal.creation","objectId":1}]""",
            "cloudevents" =>
                $$$"""{"specversion":"1.0","id":"{{{number}}}","source":"/s","type":"deal.won","data":{"deal":"d"}}""",
            // White space at the end makes it another body that means the same.
            _ => SenderSample.Of(scheme).Body + Convert.ToString(number, 2).Replace('0', ' ').Replace('1', '\t'),
        };

    private static InboundRequest Edit(InboundRequest request, string header, Func<string, string> edit)
    {
        var text = request.Headers[header].ToString();
        // The scheme's name is no secret and its case does not matter, so what follows it is altered.
        var fixedPart = text.StartsWith("Bearer ", StringComparison.Ordinal) ? "Bearer ".Length : 0;
        return request.WithHeader(header, text[..fixedPart] + edit(text[fixedPart..]));
    }

    private static InboundRequest SwapHeaders(InboundRequest request, string one, string other) =>
        request.WithHeader(one, request.Headers[other].ToString()).WithHeader(other, request.Headers[one].ToString());

    /// <summary>A signature by a valid key of this source, but over another body.</summary>
    private static InboundRequest Resign(
        IWebhookScheme scheme,
        SourceSecret secret,
        InboundRequest request,
        Random random
    )
    {
        var other = Deliveries.Signed(scheme, secret, BodyFor(scheme.Name, random.Next()));
        var header = Protected[scheme.Name].First(name => name.Contains("sign", StringComparison.OrdinalIgnoreCase));
        return request.WithHeader(header, other.Headers[header].ToString());
    }

    private static string FlipBit(string text, Random random)
    {
        var characters = text.ToCharArray();
        characters[random.Next(characters.Length)] ^= (char)(1 << random.Next(7));
        return new string(characters);
    }

    private static byte[] FlipBit(byte[] bytes, Random random)
    {
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static string SwapLetters(string text, Random random)
    {
        var characters = text.ToCharArray();
        var at = random.Next(characters.Length - 1);
        (characters[at], characters[at + 1]) = (characters[at + 1], characters[at]);
        return new string(characters);
    }

    private static long Offset(Random random) => random.Next(2) == 0 ? random.Next(1, 200) : random.Next(-1_000_000, 0);

    private static byte[] Reserialised(ReadOnlyMemory<byte> body, bool indented)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return JsonSerializer.SerializeToUtf8Bytes(
                document,
                new JsonSerializerOptions { WriteIndented = indented }
            );
        }
        catch (JsonException)
        {
            return body.ToArray();
        }
    }

    /// <summary>A comparison that stops at the length it expects would forgive what follows.</summary>
    private static InboundRequest WithoutTail(InboundRequest request)
    {
        var name = request.Headers.ContainsKey("webhook-signature") ? "webhook-signature" : "X-HubSpot-Signature-v3";
        var text = request.Headers[name].ToString();
        return request.WithHeader(name, text[..Math.Min(text.Length, name == "webhook-signature" ? 47 : 44)]);
    }

    private static (T, TAction) Pick<T, TAction>(List<(T, TAction)> from, Random random) =>
        from[random.Next(from.Count)];

    private static string Fingerprint(InboundRequest request)
    {
        // Hexadecimal digits mean the same in either case.
        var headers = request
            .Headers.OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => $"{h.Key}: {(IsHex(h.Value.ToString()) ? h.Value.ToString().ToLowerInvariant() : h.Value)}");
        var body = Encoding.Latin1.GetString(request.Body.Span);
        return $"{request.Method} {request.Url}\n{string.Join('\n', headers)}\n{body}";
    }

    private static bool IsHex(string text) => text.Length > 0 && text.All(char.IsAsciiHexDigit);

    private static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("MUTATION_SEED"), out var seed) ? seed : 20_261_121;
}
