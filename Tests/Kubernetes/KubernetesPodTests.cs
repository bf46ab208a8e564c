using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Kubernetes;

/// <summary>What a silo makes of the variables that its manifest gives it.</summary>
public sealed class KubernetesPodTests
{
    private static readonly Dictionary<string, string?> Variables = new(StringComparer.Ordinal)
    {
        ["ORLEANS_SERVICE_ID"] = "ecosystemsilo",
        ["ORLEANS_CLUSTER_ID"] = "ecosystemsilo",
        ["POD_NAME"] = "silo-7d9f",
        ["POD_NAMESPACE"] = "partners",
        ["POD_IP"] = "10.1.2.3",
        ["Journal:Provider"] = "PostgreSql",
    };

    [Theory]
    [InlineData(ClusterRole.Silo, true)]
    [InlineData(ClusterRole.Both, true)]
    [InlineData(ClusterRole.Gateway, false)]
    [InlineData(ClusterRole.Single, false)]
    public void ASiloAmongOthers_KnowsItsPod(ClusterRole role, bool knows) =>
        (Read(role).Pod is not null).ShouldBe(knows);

    [Fact]
    public void WhatIsSet_CountsMoreThanThePodsAddress() =>
        Addresses
            .Advertised(Read(ClusterRole.Silo, ("Cluster:AdvertisedAddress", "10.9.9.9")))
            .ToString()
            .ShouldBe("10.9.9.9");

    [Fact]
    public void APodsName_MeansNothingByItself() =>
        Read(ClusterRole.Silo, ("ORLEANS_SERVICE_ID", null), ("ORLEANS_CLUSTER_ID", null)).Pod.ShouldBeNull();

    [Theory]
    [InlineData(
        "ORLEANS_CLUSTER_ID",
        "green",
        "ORLEANS_CLUSTER_ID is green, but Cluster__Id is ecosystemsilo: "
            + "the pod's label orleans/clusterId must be the cluster's name."
    )]
    [InlineData(
        "ORLEANS_SERVICE_ID",
        "other",
        "ORLEANS_SERVICE_ID is other: " + "the pod's label orleans/serviceId must be ecosystemsilo."
    )]
    [InlineData("POD_IP", "somewhere", "POD_IP must be the pod's IP address, such as 10.0.0.7.")]
    [InlineData(
        "POD_NAMESPACE",
        "",
        "POD_NAMESPACE is missing: a silo in Kubernetes needs ORLEANS_SERVICE_ID, "
            + "ORLEANS_CLUSTER_ID, POD_NAME, POD_NAMESPACE, POD_IP, from the labels and fields of its pod."
    )]
    public void AWrongVariable_StopsTheStart(string variable, string value, string sentence) =>
        Should
            .Throw<OptionsValidationException>(() => Read(ClusterRole.Silo, (variable, value)))
            .Failures.ShouldBe([sentence]);

    private static ClusterOptions Read(ClusterRole role, params (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, string?>(Variables, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            values[name] = value;
        }
        if (role == ClusterRole.Single)
        {
            values["Journal:Provider"] = "Sqlite";
        }
        return ClusterSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), role);
    }
}
