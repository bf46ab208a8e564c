using Microsoft.Extensions.Configuration;

namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// The pod that a silo runs in, by the variables that Orleans asks a manifest for. Orleans takes silos whose pods it
/// does not find for dead, and looks for pods by their labels: with labels that say something else than the settings,
/// each silo that starts would declare all others dead.
/// </summary>
internal sealed record KubernetesPod(string Name, string Address)
{
    internal const string ServiceId = "ORLEANS_SERVICE_ID";
    internal const string ClusterId = "ORLEANS_CLUSTER_ID";
    internal const string PodName = "POD_NAME";
    internal const string PodNamespace = "POD_NAMESPACE";
    internal const string PodAddress = "POD_IP";

    private static readonly string[] Variables = [ServiceId, ClusterId, PodName, PodNamespace, PodAddress];

    /// <summary>Whether a silo is told of its pod: the first two mean nothing outside Orleans.</summary>
    private static bool IsTold(IConfiguration variables) =>
        !string.IsNullOrWhiteSpace(variables[ServiceId]) || !string.IsNullOrWhiteSpace(variables[ClusterId]);

    /// <summary>Null outside Kubernetes, and for whatever is no silo among others.</summary>
    public static KubernetesPod? Read(IConfiguration variables, ClusterRole role) =>
        role is ClusterRole.Silo or ClusterRole.Both && IsTold(variables)
            ? new KubernetesPod(variables[PodName] ?? "", variables[PodAddress] ?? "")
            : null;

    /// <summary>What is wrong with the variables, each with its name.</summary>
    public static IEnumerable<string> Faults(IConfiguration variables, ClusterOptions options)
    {
        foreach (var missing in Variables.Where(name => string.IsNullOrWhiteSpace(variables[name])))
        {
            yield return $"{missing} is missing: a silo in Kubernetes needs {string.Join(", ", Variables)}, "
                + "from the labels and fields of its pod.";
        }
        if (variables[ClusterId] is { Length: > 0 } cluster && cluster != options.Id)
        {
            yield return $"{ClusterId} is {cluster}, but Cluster__Id is {options.Id}: "
                + "the pod's label orleans/clusterId must be the cluster's name.";
        }
        if (variables[ServiceId] is { Length: > 0 } service && service != ClusterSilo.Product)
        {
            yield return $"{ServiceId} is {service}: the pod's label orleans/serviceId must be {ClusterSilo.Product}.";
        }
        if (variables[PodAddress] is { Length: > 0 } address && !Addresses.CanBeReached(address))
        {
            yield return $"{PodAddress} must be the pod's IP address, such as 10.0.0.7.";
        }
    }
}
