namespace EcosystemSilo.Senders.Schemes;

/// <summary>The settings of one source as texts, secret ones opened. Never printed.</summary>
public sealed class SourceSettings(IReadOnlyDictionary<string, string> texts)
{
    public static readonly SourceSettings None = new(new Dictionary<string, string>());

    public string? this[string name] => texts.GetValueOrDefault(name);

    public override string ToString() => "(settings)";
}
