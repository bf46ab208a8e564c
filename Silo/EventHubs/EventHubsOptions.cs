using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>
/// The event hub that deliveries come by, section <c>EventHubs</c>. Without a hub nothing of it runs.
/// </summary>
public sealed class EventHubsOptions
{
    public const string Section = "EventHubs";

    /// <summary>
    /// A connection string of the namespace or of the hub with the right to listen. Default none.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Instead of a connection string: the namespace, for example <c>name.servicebus.windows.net</c>, which is entered
    /// by the identity that the process's machine or pod has. Default none.
    /// </summary>
    public string? FullyQualifiedNamespace { get; set; }

    /// <summary>The hub's name. Default: the one in the connection string.</summary>
    public string? Hub { get; set; }

    /// <summary>
    /// The consumer group that this installation reads in, and nobody else. Default <c>$Default</c>; up to 50
    /// characters.
    /// </summary>
    public string ConsumerGroup { get; set; } = EventHubConsumerClient.DefaultConsumerGroupName;

    /// <summary>The ecosystem that the hub's messages belong to: whoever may send to the hub may send for it.</summary>
    public string? Ecosystem { get; set; }

    internal bool IsSet =>
        new[] { ConnectionString, FullyQualifiedNamespace, Hub, Ecosystem }.Any(text => !string.IsNullOrEmpty(text));

    /// <summary>What is wrong with the settings, each with the setting's full name and never with its secret.</summary>
    /// <param name="provider">The setting <c>Journal__Provider</c>.</param>
    internal IEnumerable<string> Faults(string? provider)
    {
        if (!string.Equals(provider, "PostgreSql", StringComparison.OrdinalIgnoreCase))
        {
            yield return "EventHubs__Hub needs PostgreSQL (Journal__Provider=PostgreSql): how far the hub was read is kept "
                + "in the journal's database, for whichever process reads on.";
        }
        if (string.IsNullOrEmpty(ConnectionString) == string.IsNullOrEmpty(FullyQualifiedNamespace))
        {
            yield return "One of EventHubs__ConnectionString and EventHubs__FullyQualifiedNamespace must be set.";
        }
        if (FullyQualifiedNamespace is { Length: > 0 } name && Uri.CheckHostName(name) != UriHostNameType.Dns)
        {
            yield return "EventHubs__FullyQualifiedNamespace must be a name such as name.servicebus.windows.net.";
        }
        if (ConnectionString is { Length: > 0 } && HubOfConnection(out var fault) is var named)
        {
            if (fault is not null)
            {
                yield return fault;
            }
            else if (string.IsNullOrEmpty(named) && string.IsNullOrEmpty(Hub))
            {
                yield return "EventHubs__Hub must name the hub, since EventHubs__ConnectionString does not.";
            }
            else if (!string.IsNullOrEmpty(named) && !string.IsNullOrEmpty(Hub) && named != Hub)
            {
                yield return "EventHubs__Hub must be the hub of EventHubs__ConnectionString.";
            }
        }
        else if (string.IsNullOrEmpty(Hub))
        {
            yield return "EventHubs__Hub must name the hub.";
        }
        if (ConsumerGroup.Length is 0 or > HubLimits.ConsumerGroupCharsMax)
        {
            yield return "EventHubs__ConsumerGroup must be 1 to 50 characters.";
        }
        if (!Ids.IsValid(Ecosystem))
        {
            yield return "EventHubs__Ecosystem must name the ecosystem that the hub's messages belong to.";
        }
    }

    /// <summary>The hub that is read, once the settings have no faults.</summary>
    internal string HubName => string.IsNullOrEmpty(Hub) ? HubOfConnection(out _)! : Hub;

    /// <summary>The namespace that is asked, without anything of its key.</summary>
    internal string Namespace =>
        string.IsNullOrEmpty(ConnectionString)
            ? FullyQualifiedNamespace!
            : EventHubsConnectionStringProperties.Parse(ConnectionString).FullyQualifiedNamespace;

    private string? HubOfConnection(out string? fault)
    {
        fault = null;
        try
        {
            var parsed = EventHubsConnectionStringProperties.Parse(ConnectionString);
            var hasKey =
                !string.IsNullOrEmpty(parsed.SharedAccessSignature)
                || (!string.IsNullOrEmpty(parsed.SharedAccessKeyName) && !string.IsNullOrEmpty(parsed.SharedAccessKey));
            if (hasKey && !string.IsNullOrEmpty(parsed.FullyQualifiedNamespace))
            {
                return parsed.EventHubName;
            }
        }
        catch (FormatException)
        {
            // What was wrong may be a part of the key, so it is not repeated.
        }
        catch (ArgumentException)
        {
            // As above.
        }
        fault =
            "EventHubs__ConnectionString must be a connection string of Event Hubs, with Endpoint, SharedAccessKeyName "
            + "and SharedAccessKey.";
        return null;
    }
}
