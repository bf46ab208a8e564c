using System.Net;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using k8s.Models;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Kubernetes;

/// <summary>How the parts of an overlay fit together.</summary>
public sealed class ClusterTests
{
    /// <summary>Of each kind of process and of the database, during a roll.</summary>
    [Theory]
    [InlineData("cluster")]
    [InlineData("event-hubs")]
    public void PostgreSql_HasConnectionsForAll(string name)
    {
        var overlay = Overlay.Of(name);
        var processes = overlay
            .Each<V2HorizontalPodAutoscaler>()
            .Sum(scaler =>
                scaler.Spec.MaxReplicas
                + int.Parse(Deployment(overlay, scaler).Spec.Strategy.RollingUpdate.MaxSurge.Value)
            );
        var settings = overlay
            .Each<V1ConfigMap>()
            .Single(map => map.Name().StartsWith("postgres-", StringComparison.Ordinal));
        var granted = Setting(settings.Data["postgresql.conf"], "max_connections");

        int.Parse(granted)
            .ShouldBeGreaterThanOrEqualTo(
                processes * (JournalLimits.PostgresConnectionsMax + MembershipLimits.ConnectionsMax)
            );
    }

    [Theory]
    [InlineData("cluster")]
    [InlineData("event-hubs")]
    public void AnAutoscaler_ScalesADeploymentThatExists_AndAloneSaysHowMany(string name)
    {
        var overlay = Overlay.Of(name);
        overlay
            .Each<V2HorizontalPodAutoscaler>()
            .Select(it => it.Name())
            .ShouldBe(["gateway", "silo"], ignoreOrder: true);
        foreach (var scaler in overlay.Each<V2HorizontalPodAutoscaler>())
        {
            Deployment(overlay, scaler).Spec.Replicas.ShouldBeNull();
            scaler.Spec.MinReplicas!.Value.ShouldBeInRange(2, scaler.Spec.MaxReplicas);
            var metric = scaler.Spec.Metrics.ShouldHaveSingleItem().Resource;
            // A share of what is asked for means something only where something is.
            Workload.Of(Deployment(overlay, scaler))!.Container.Resources.Requests.Keys.ShouldContain(metric.Name);
        }
    }

    [Theory]
    [InlineData("cluster")]
    [InlineData("event-hubs")]
    public void ADisruptionBudget_LeavesSomeAndLetsSomeGo(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var budget in overlay.Each<V1PodDisruptionBudget>())
        {
            var meant = overlay.Workloads.Where(workload => workload.Is(budget.Spec.Selector)).ToArray();
            var scaler = overlay
                .Each<V2HorizontalPodAutoscaler>()
                .Single(it => it.Spec.ScaleTargetRef.Name == meant.ShouldHaveSingleItem().Name);
            int.Parse(budget.Spec.MaxUnavailable.Value).ShouldBeInRange(1, scaler.Spec.MinReplicas!.Value - 1);
        }
        overlay.Each<V1PodDisruptionBudget>().Count().ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void Selectors_MeanPodsThatExist(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var service in overlay.Each<V1Service>())
        {
            var meant = overlay.Workloads.Where(workload => workload.Has(service.Spec.Selector)).ToArray();
            meant.ShouldHaveSingleItem();
            foreach (var port in service.Spec.Ports)
            {
                meant[0].Container.Ports.Select(it => it.Name).ShouldContain(port.TargetPort.Value);
            }
        }
        foreach (var spread in overlay.Workloads.SelectMany(it => it.Pod.TopologySpreadConstraints ?? []))
        {
            overlay.Workloads.Where(workload => workload.Is(spread.LabelSelector)).ShouldHaveSingleItem();
        }
        foreach (var selector in overlay.Each<V1Deployment>().Select(it => (it.Spec.Selector, it.Spec.Template)))
        {
            selector.Selector.MatchLabels.ShouldBeSubsetOf(selector.Template.Metadata.Labels);
        }
    }

    [Theory]
    [InlineData("silo", "silo", "silo")]
    [InlineData("clients", "silo", "gateway")]
    [InlineData("postgres", "postgres", "silo", "gateway", "base-backup")]
    public void APort_IsReachedOnlyBy(string port, string of, params string[] allowed)
    {
        var overlay = Overlay.Of("cluster");
        var target = overlay.Workloads.Single(workload => workload.Name == of);
        foreach (var other in overlay.Workloads)
        {
            var isAllowed = allowed.Contains(other.Name);
            MayEnter(overlay, target, other, port).ShouldBe(isAllowed, $"{other.Name} into {of}:{port}");
            if (isAllowed)
            {
                MayLeave(overlay, other, target, port).ShouldBeTrue($"{other.Name} out to {of}:{port}");
            }
        }
        Ingress(overlay, target)
            .Where(rule => rule.Ports.Any(it => it.Port.Value == port))
            .SelectMany(rule => rule.FromProperty)
            .ShouldAllBe(from => from.PodSelector != null && from.NamespaceSelector == null && from.IpBlock == null);
    }

    /// <summary>Notifications and fetches go to the world's addresses at any port, and to none inside.</summary>
    [Theory]
    [InlineData("single", "ecosystemsilo")]
    [InlineData("cluster", "silo")]
    public void WhoeverSends_ReachesTheWorldAndNothingInside(string overlay, string name)
    {
        var sender = Overlay.Of(overlay).Workloads.Single(workload => workload.Name == name);

        var world = Egress(Overlay.Of(overlay), sender)
            .Where(rule => (rule.Ports ?? []).Count == 0)
            .ShouldHaveSingleItem()
            .To.ShouldHaveSingleItem()
            .IpBlock;

        world.Cidr.ShouldBe("0.0.0.0/0");
        new[] { "10.1.2.3", "172.20.0.1", "192.168.7.7", "169.254.169.254" }
            .Select(IPAddress.Parse)
            .ShouldAllBe(inside => world.Except.Any(network => IPNetwork.Parse(network).Contains(inside)));
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void WhatIsNotAllowed_IsDenied(string name)
    {
        var denial = Overlay.Of(name).Each<V1NetworkPolicy>().Single(policy => policy.Name() == "deny-all").Spec;

        denial.PolicyTypes.ShouldBe(["Ingress", "Egress"]);
        (denial.PodSelector.MatchLabels ?? new Dictionary<string, string>()).ShouldBeEmpty();
        (denial.Ingress ?? []).ShouldBeEmpty();
        (denial.Egress ?? []).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public void TheProductsImages_AreThoseThatArePublished(string name)
    {
        var published = new[] { "Silo", "Gateway" }
            .Select(project => Repository.Text($"{project}/{project}.csproj"))
            .Select(text => Between(text, "<ContainerRepository>", "</ContainerRepository>"))
            .ToArray();
        var user = Between(Repository.Text("Image.props"), "<ContainerUser>", "</ContainerUser>");
        foreach (var workload in Overlay.Of(name).OfTheProduct)
        {
            var image = workload.Container.Image;
            published.ShouldContain(image.Split('/')[^1].Split(':')[0]);
            image.ShouldContain(":", customMessage: "An image without a version is whatever was pushed last.");
            $"{workload.Pod.SecurityContext.RunAsUser}".ShouldBe(user);
        }
    }

    private static V1Deployment Deployment(Overlay overlay, V2HorizontalPodAutoscaler scaler) =>
        overlay.Each<V1Deployment>().Single(it => it.Name() == scaler.Spec.ScaleTargetRef.Name);

    private static string Setting(string file, string name) =>
        file.Split('\n').Single(line => line.StartsWith($"{name} =", StringComparison.Ordinal)).Split('=')[1].Trim();

    private static string Between(string text, string before, string after) =>
        text[
            (text.IndexOf(before, StringComparison.Ordinal) + before.Length)..text.IndexOf(
                after,
                StringComparison.Ordinal
            )
        ];

    private static IEnumerable<V1NetworkPolicyIngressRule> Ingress(Overlay overlay, Workload workload) =>
        overlay
            .Each<V1NetworkPolicy>()
            .Where(policy => workload.Is(policy.Spec.PodSelector))
            .SelectMany(policy => policy.Spec.Ingress ?? []);

    private static IEnumerable<V1NetworkPolicyEgressRule> Egress(Overlay overlay, Workload workload) =>
        overlay
            .Each<V1NetworkPolicy>()
            .Where(policy => workload.Is(policy.Spec.PodSelector))
            .SelectMany(policy => policy.Spec.Egress ?? []);

    private static bool MayEnter(Overlay overlay, Workload into, Workload from, string port) =>
        Ingress(overlay, into)
            .Where(rule => rule.Ports.Any(it => it.Port.Value == port))
            .Any(rule => rule.FromProperty.Any(peer => peer.PodSelector is { } pods && from.Is(pods)));

    private static bool MayLeave(Overlay overlay, Workload from, Workload to, string port) =>
        Egress(overlay, from)
            .Where(rule => (rule.Ports ?? []).Any(it => it.Port.Value == port))
            .Any(rule => rule.To.Any(peer => peer.PodSelector is { } pods && to.Is(pods)));
}
