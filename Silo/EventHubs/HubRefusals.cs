namespace EcosystemSilo.Silo.EventHubs;

/// <summary>Why a message of the hub is a dead letter, where no webhook could be refused so.</summary>
internal static class HubRefusals
{
    /// <summary>Too large, of no kind that is read, or with an id that is none.</summary>
    public const string MessageInvalid = "event-hub.message-invalid";

    public const string EcosystemForeign = "event-hub.ecosystem-foreign";

    public const string SourceUnknown = "event-hub.source-unknown";

    public const string HubNotAllowed = "event-hub.hub-not-allowed";

    /// <summary>It failed again and again for a reason that is in the log.</summary>
    public const string HandlingFailed = "event-hub.handling-failed";
}
