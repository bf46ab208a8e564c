using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// Whom a delivery is about where its body does not say and its address does: the parameter <c>user</c>. Two people may
/// have the same reading at the same time, so the user is a part of what such an event is recognised by.
/// </summary>
internal static class AddressedUser
{
    /// <summary>For the setup of a scheme.</summary>
    public const string Setup =
        " Where several people share the source, add ?user= and the person's id to the address.";

    private const string Parameter = "user";

    /// <param name="user">Null when the address names none: then the whole source is one person's.</param>
    public static Rejected? Check(InboundRequest request, out string? user)
    {
        user = null;
        return
            request.Query.TryGetValue(Parameter, out var values)
            && (values.Count != 1 || (user = UserIds.Read(values[0])) is null)
            ? Rejections.AttributeInvalid(Parameter, $"one id of 1 to {UserIds.CharsMax} visible ASCII characters")
            : null;
    }

    /// <summary>An event recognised by its content, for senders whose deliveries have no id.</summary>
    public static InboundEvent ByContent(string type, JsonElement content, string? user)
    {
        var hash = ContentHash.Of(content);
        hash = user is null ? hash : SHA256.HashData([.. hash, .. Encoding.UTF8.GetBytes(user)]);
        var id = EventFields.JoinId(':', [type, Convert.ToHexStringLower(hash.AsSpan(0, 16))]);
        return new InboundEvent(id, type, OccurredAt: null, content, hash) { User = user };
    }
}
