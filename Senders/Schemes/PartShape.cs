using System.Text.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// How the body of a large delivery is taken apart: it is an object of arrays, and each part is a smaller body of the
/// same shape, with some elements of one array.
/// </summary>
/// <param name="ToEvent">Makes an event of an array's name, the part and its number.</param>
public sealed record PartShape(Func<string, JsonElement, int, InboundEvent> ToEvent)
{
    /// <summary>The member that holds the arrays; null when they are members of the body itself.</summary>
    public string? Parent { get; init; }

    /// <summary>The only array that is taken; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>Which member of an element says whom it is about: a part is about one person. Null: none.</summary>
    public string? Subject { get; init; }

    internal int Level => Parent is null ? 1 : 2;

    internal string Opening(string array) =>
        Parent is null ? $"{{{Name(array)}:[" : $"{{{Name(Parent)}:{{{Name(array)}:[";

    internal string Closing => Parent is null ? "]}" : "]}}";

    /// <summary>Parts identified by their content, for senders whose deliveries have no id.</summary>
    internal static InboundEvent ByContent(string array, JsonElement part, int number) =>
        AddressedUser.ByContent(array, part, user: null);

    private static string Name(string name) => $"\"{JsonEncodedText.Encode(name)}\"";
}

/// <summary>The next part of a large delivery, or why the rest is not taken.</summary>
public readonly record struct Part(InboundEvent? Event, int Bytes, Rejected? Fault);
