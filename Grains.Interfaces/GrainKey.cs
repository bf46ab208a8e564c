namespace EcosystemSilo.Grains.Interfaces;

/// <summary>Names a grain: its ecosystem, its kind and its id within both. As text: <c>acme/partner/p-1</c>.</summary>
public readonly record struct GrainKey(EcosystemId Ecosystem, string Kind, string Id)
{
    public override string ToString() => $"{Ecosystem.Value}/{Kind}/{Id}";

    /// <summary>Reads the text form back. A malformed key is a bug of the caller and throws.</summary>
    public static GrainKey Parse(string text)
    {
        var first = text.IndexOf('/');
        var second = first < 0 ? -1 : text.IndexOf('/', first + 1);
        return second < 0
            ? throw new FormatException($"'{text}' is not a grain key of the form ecosystem/kind/id.")
            : new GrainKey(new EcosystemId(text[..first]), text[(first + 1)..second], text[(second + 1)..]);
    }
}
