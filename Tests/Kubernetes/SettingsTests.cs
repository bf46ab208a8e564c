using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Conventions;
using EcosystemSilo.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Kubernetes;

/// <summary>Every variable of the manifests is one that the product knows, and together they start it.</summary>
public sealed class SettingsTests
{
    /// <summary>Those that others read for us.</summary>
    private static readonly string[] OfOthers =
    [
        "ASPNETCORE_URLS",
        // Npgsql takes the password from it.
        "PGPASSWORD",
        KubernetesPod.ServiceId,
        KubernetesPod.ClusterId,
        KubernetesPod.PodName,
        KubernetesPod.PodNamespace,
        KubernetesPod.PodAddress,
    ];

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void EveryVariable_IsASettingThatTheProductKnows(string name)
    {
        var known = Conventions.Settings.All().Select(setting => setting.Variable).Concat(OfOthers).ToHashSet();
        var sources = string.Concat(
            LayeringTests
                .Sources()
                .Where(file => !file.StartsWith("Tests/", StringComparison.Ordinal))
                .Select(Repository.Text)
        );

        foreach (var workload in Overlay.Of(name).OfTheProduct)
        {
            Variables(Overlay.Of(name), workload)
                .Keys.Where(variable => !known.Contains(variable))
                .Where(variable =>
                    !sources.Contains(
                        $"\"{variable.Replace("__", ":", StringComparison.Ordinal)}\"",
                        StringComparison.Ordinal
                    )
                )
                .ShouldBeEmpty();
        }
    }

    [Fact]
    public void ASilosVariables_MakeASiloInItsPod()
    {
        var silo = Overlay.Of("cluster").OfTheProduct.Single(workload => workload.Name == "silo");

        var options = ClusterSettings.Read(Configuration("cluster", silo), ClusterRole.Silo);

        options.Role.ShouldBe(ClusterRole.Silo);
        options.Pod.ShouldBe(new KubernetesPod("a-pod", "10.1.2.3"));
        Addresses.Advertised(options).ToString().ShouldBe("10.1.2.3");
    }

    [Theory]
    [InlineData("cluster", "gateway", ClusterRole.Gateway)]
    [InlineData("single", "ecosystemsilo", ClusterRole.Single)]
    public void OtherProcesses_HaveNothingToDoWithPods(string overlay, string name, ClusterRole role)
    {
        var workload = Overlay.Of(overlay).OfTheProduct.Single(workload => workload.Name == name);

        var options = ClusterSettings.Read(Configuration(overlay, workload), ClusterRole.Single);

        options.Role.ShouldBe(role);
        options.Pod.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void EverySecret_IsInTheGuide(string name)
    {
        var guide = Repository.Text("docs/kubernetes.md");
        foreach (
            var secret in Overlay
                .Of(name)
                .Workloads.SelectMany(workload => workload.Containers)
                .SelectMany(container => container.Env ?? [])
                .Select(variable => variable.ValueFrom?.SecretKeyRef)
                .OfType<V1SecretKeySelector>()
        )
        {
            guide.ShouldContain($"create secret generic {secret.Name} ");
            guide.ShouldContain($"--from-literal={secret.Key}=");
        }
    }

    /// <summary>A variable that is given as it is can be read by everybody who may read pods.</summary>
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void WhatIsSecret_IsGivenByReference(string name) =>
        Overlay
            .Of(name)
            .Workloads.SelectMany(workload => Variables(Overlay.Of(name), workload))
            .Where(variable => IsSecret(variable.Key) && variable.Value is not null)
            .ShouldBeEmpty();

    private static bool IsSecret(string variable) =>
        new[] { "Key", "PASSWORD", "EventHubs__ConnectionString" }.Any(word =>
            variable.EndsWith(word, StringComparison.Ordinal)
        );

    /// <summary>What a container is told, null where Kubernetes or a secret has the value.</summary>
    private static Dictionary<string, string?> Variables(Overlay overlay, Workload workload)
    {
        var maps = overlay.Each<V1ConfigMap>().ToDictionary(map => map.Name(), map => map.Data);
        var given = workload
            .Containers.SelectMany(container => container.EnvFrom ?? [])
            .SelectMany(source => maps[source.ConfigMapRef.Name])
            .Concat(
                workload
                    .Containers.SelectMany(container => container.Env ?? [])
                    .Select(it => new KeyValuePair<string, string>(it.Name, it.Value))
            );
        return given.GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => (string?)group.Last().Value);
    }

    private static IConfiguration Configuration(string overlay, Workload workload)
    {
        var values = Variables(Overlay.Of(overlay), workload)
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => pair.Value);
        foreach (var variable in workload.Container.Env.Where(it => it.ValueFrom?.FieldRef is not null))
        {
            values[variable.Name] = Field(workload, variable.ValueFrom.FieldRef.FieldPath);
        }
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    /// <summary>What Kubernetes would say.</summary>
    private static string Field(Workload workload, string path) =>
        path switch
        {
            "metadata.name" => "a-pod",
            "metadata.namespace" => "ecosystemsilo",
            "status.podIP" => "10.1.2.3",
            _ when path.StartsWith("metadata.labels['", StringComparison.Ordinal) => workload.Labels[
                path["metadata.labels['".Length..^2]
            ],
            _ => throw new ArgumentException($"Kubernetes has no field {path}.", nameof(path)),
        };
}
