namespace EcosystemSilo.Senders.Outbound;

/// <summary>How notifications go out. Section <c>Outbound</c>.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Outbound";

    /// <summary>
    /// How long a receiver may take to answer. Default 15 s, the lower bound that Standard Webhooks recommends; 1 s
    /// to 1
    /// minute.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether endpoints may be plain http. Default false; for development and tests only.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// Networks that may be sent to although they are not public, by commas, for example <c>127.0.0.0/8</c>. Default
    /// none;
    /// for development, tests and receivers in the own network.
    /// </summary>
    public string AllowedNetworks { get; set; } = "";

    internal IReadOnlyList<System.Net.IPNetwork> Networks() =>
        [
            .. AllowedNetworks
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => System.Net.IPNetwork.Parse(text)),
        ];

    /// <summary>What is wrong with the settings, each with its full name.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(1))
        {
            yield return $"{Section}:{nameof(Timeout)} must be from 1 second to 1 minute.";
        }

        var networks = AllowedNetworks.Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        if (networks.Any(text => !System.Net.IPNetwork.TryParse(text, out _)))
        {
            yield return $"{Section}:{nameof(AllowedNetworks)} must be networks such as 10.0.0.0/8, by commas.";
        }
    }
}
