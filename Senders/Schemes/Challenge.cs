using System.Text.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// Repeats a handshake's challenge to its sender, as the one member of a JSON object. Only characters that mean nothing
/// to a browser are repeated.
/// </summary>
internal static class Challenge
{
    /// <param name="parameter">Its name in the query and in the answer.</param>
    public static Verdict Repeat(InboundRequest request, string parameter)
    {
        var challenge = request.Query.GetValueOrDefault(parameter).ToString();
        var isPlain =
            challenge.Length is > 0 and <= WebhookLimits.ChallengeCharsMax
            && challenge.All(c => char.IsAsciiLetterOrDigit(c) || "-._~".Contains(c));
        return isPlain
            ? new Greeted(
                new Answer(200, "application/json", $$"""{"{{JsonEncodedText.Encode(parameter)}}":"{{challenge}}"}""")
            )
            : Rejections.HandshakeRefused(
                parameter,
                $"1 to {WebhookLimits.ChallengeCharsMax} letters, digits, or any of -._~"
            ) with
            {
                Status = 400,
            };
    }
}
