using Azure.Identity;
using Azure.Messaging.EventHubs;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>What keeps the hub from being read, for whoever has to mend it.</summary>
internal static class HubFaults
{
    public static string Explain(Exception fault) =>
        fault switch
        {
            UnauthorizedAccessException => "It refuses the credentials: check EventHubs__ConnectionString, or that the "
                + "identity used with EventHubs__FullyQualifiedNamespace may receive (Azure Event Hubs Data Receiver).",
            AuthenticationFailedException =>
                "This process has no identity that EventHubs__FullyQualifiedNamespace could " + "be entered with.",
            EventHubsException { Reason: EventHubsException.FailureReason.ResourceNotFound } =>
                "There is no such hub or consumer group: check EventHubs__Hub and EventHubs__ConsumerGroup.",
            EventHubsException { Reason: EventHubsException.FailureReason.QuotaExceeded } =>
                "Too many others read in the consumer group: give this installation one of its own, "
                    + "EventHubs__ConsumerGroup.",
            _ => "It does not answer.",
        };
}
