using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Kubernetes;

/// <summary>What the pods of every overlay are promised, against what the program does.</summary>
public sealed class PodTests
{
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void Probes_AskForPathsOfTheProgram_AtThePortThatItListensOn(string name)
    {
        var paths = HealthPaths();
        foreach (var workload in Overlay.Of(name).OfTheProduct)
        {
            var container = workload.Container;
            var listens = new Uri(Settings(name)["ASPNETCORE_URLS"].Replace("+", "any", StringComparison.Ordinal));
            container.Ports.Single(port => port.Name == "http").ContainerPort.ShouldBe(listens.Port);
            foreach (var probe in new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe })
            {
                paths.ShouldContain(probe.HttpGet.Path);
                probe.HttpGet.Port.Value.ShouldBe("http");
            }
            container.LivenessProbe.HttpGet.Path.ShouldEndWith("/live");
            container.ReadinessProbe.HttpGet.Path.ShouldEndWith("/ready");
        }
    }

    [Fact]
    public void SilosPorts_AreTheSettingsDefaults()
    {
        var ports = Silo("cluster").Container.Ports.ToDictionary(port => port.Name, port => port.ContainerPort);

        ports["silo"].ShouldBe(new ClusterOptions().SiloPort);
        ports["clients"].ShouldBe(new ClusterOptions().GatewayPort);
    }

    /// <summary>Killed while it still answers, a process would lose what it has not answered.</summary>
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void TheGracePeriod_IsLongerThanDrainingAndStopping(string name)
    {
        var drain = TimeSpan.Parse(Settings(name)["Cluster__DrainTime"]);
        var stop = new HostOptions().ShutdownTimeout;
        foreach (var workload in Overlay.Of(name).OfTheProduct)
        {
            TimeSpan
                .FromSeconds(workload.Pod.TerminationGracePeriodSeconds.ShouldNotBeNull())
                .ShouldBeGreaterThanOrEqualTo(drain + stop + TimeSpan.FromSeconds(10), workload.Name);
        }
    }

    /// <summary>While an unready pod is passed over it must still answer.</summary>
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void Unreadiness_IsSeenBeforeTheDrainingEnds(string name)
    {
        var drain = TimeSpan.Parse(Settings(name)["Cluster__DrainTime"]);
        foreach (var probe in Overlay.Of(name).OfTheProduct.Select(workload => workload.Container.ReadinessProbe))
        {
            var seen = (probe.PeriodSeconds * (probe.FailureThreshold + 1)) + probe.TimeoutSeconds;
            TimeSpan.FromSeconds(seen.ShouldNotBeNull()).ShouldBeLessThanOrEqualTo(drain);
            TimeSpan.FromSeconds(probe.TimeoutSeconds!.Value).ShouldBeGreaterThan(Limits.ReadyTimeout);
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void AStart_IsGivenTheTimeThatItMayTake(string name)
    {
        foreach (var probe in Overlay.Of(name).OfTheProduct.Select(workload => workload.Container.StartupProbe))
        {
            TimeSpan
                .FromSeconds((probe.PeriodSeconds * probe.FailureThreshold)!.Value)
                .ShouldBeGreaterThan(MembershipLimits.JoinMax + TimeSpan.FromSeconds(30));
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void EveryContainer_MayDoNothingBeyondItsWork(string name)
    {
        foreach (var workload in Overlay.Of(name).Workloads)
        {
            var pod = workload.Pod;
            pod.SecurityContext.RunAsNonRoot.ShouldBe(true, workload.Name);
            pod.SecurityContext.RunAsUser.ShouldNotBe(0);
            pod.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault");
            (pod.HostNetwork ?? pod.HostPID ?? pod.HostIPC).ShouldBeNull();
            foreach (var container in workload.Containers)
            {
                container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true, $"{workload.Name}/{container.Name}");
                container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
                container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
                container.Resources.Requests.Keys.ShouldBeSubsetOf(["cpu", "memory", "ephemeral-storage"]);
                container.Resources.Requests["cpu"].ShouldNotBeNull();
                container.Resources.Limits["memory"].ShouldNotBeNull();
            }
        }
    }

    /// <summary>Only a silo asks Kubernetes for anything.</summary>
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void OnlySilos_HaveATokenOfKubernetes(string name)
    {
        foreach (var workload in Overlay.Of(name).Workloads)
        {
            var isSilo = workload.Name == "silo";
            (workload.Pod.AutomountServiceAccountToken ?? true).ShouldBe(isSilo, workload.Name);
            workload.Pod.ServiceAccountName.ShouldBe(isSilo ? "silo" : null);
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void WhatIsMounted_IsThere(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var workload in overlay.Workloads)
        {
            var claimed = overlay
                .Each<V1StatefulSet>()
                .Where(set => set.Name() == workload.Name)
                .SelectMany(set => set.Spec.VolumeClaimTemplates ?? [])
                .Select(claim => claim.Name());
            var volumes = (workload.Pod.Volumes ?? []).Select(volume => volume.Name).Concat(claimed).ToArray();
            foreach (var mount in workload.Containers.SelectMany(container => container.VolumeMounts ?? []))
            {
                volumes.ShouldContain(mount.Name, workload.Name);
            }
            foreach (var volume in workload.Pod.Volumes ?? [])
            {
                Names<V1ConfigMap>(overlay).ShouldContainIfAny(volume.ConfigMap?.Name);
                Names<V1PersistentVolumeClaim>(overlay).ShouldContainIfAny(volume.PersistentVolumeClaim?.ClaimName);
            }
            foreach (var source in workload.Containers.SelectMany(container => container.EnvFrom ?? []))
            {
                Names<V1ConfigMap>(overlay).ShouldContainIfAny(source.ConfigMapRef?.Name);
            }
        }
    }

    private static IReadOnlyList<string> Names<T>(Overlay overlay) =>
        [.. overlay.Objects.Where(it => it is T).Select(it => it.Metadata.Name)];

    private static Workload Silo(string name) =>
        Overlay.Of(name).OfTheProduct.Single(workload => workload.Name == "silo");

    private static IDictionary<string, string> Settings(string name) =>
        Overlay
            .Of(name)
            .Each<V1ConfigMap>()
            .Single(map => map.Name().StartsWith("settings-", StringComparison.Ordinal))
            .Data;

    private static IReadOnlyList<string> HealthPaths()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddHealthChecks();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.MapHealth();
        return
        [
            .. ((IEndpointRouteBuilder)app)
                .DataSources.SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Select(endpoint => endpoint.RoutePattern.RawText!),
        ];
    }
}

internal static class ManifestAssertions
{
    public static void ShouldContainIfAny(this IReadOnlyList<string> names, string? name)
    {
        if (name is not null)
        {
            names.ShouldContain(name);
        }
    }
}
