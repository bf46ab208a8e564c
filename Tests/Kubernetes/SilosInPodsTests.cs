using System.Reflection;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Membership;
using EcosystemSilo.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting.Kubernetes;
using Shouldly;
using Xunit;
using ClusterOptions = EcosystemSilo.Silo.Membership.ClusterOptions;

namespace EcosystemSilo.Tests.Kubernetes;

/// <summary>Real silos on a real PostgreSQL, which take the test for Kubernetes.</summary>
public sealed class SilosInPodsTests(PostgresServer postgres)
{
    private static readonly Dictionary<string, string> Labels = new(
        Overlay.Of("cluster").Workloads.Single(workload => workload.Name == "silo").Labels,
        StringComparer.Ordinal
    );

    [Fact]
    public async Task ASiloWhosePodIsDeleted_IsGivenUpAtOnce_AndNoMoreRightsAreNeededThanItsRoleHas()
    {
        var role = Overlay.Of("cluster").Each<V1Role>().Single().Rules.ShouldHaveSingleItem();
        role.Resources.ShouldBe(["pods"]);
        await using var kubernetes = new KubernetesServer([.. role.Verbs]);
        await kubernetes.Start();
        kubernetes.Create("silo-a", Labels);
        kubernetes.Create("silo-b", Labels);
        kubernetes.Create("gateway-a", new Dictionary<string, string> { ["app.kubernetes.io/name"] = "gateway" });
        await using var cluster = await ClusterHosts.Create(postgres);
        var ended = new TaskCompletionSource<int>();

        var first = await Start(cluster, kubernetes, "silo-a");
        var second = await Start(cluster, kubernetes, "silo-b", code => ended.TrySetResult(code));
        await Awaited.Until(() => Task.FromResult(kubernetes.Watchers > 0), "a silo that watches pods");
        await Sees(first, second, SiloStatus.Active);

        kubernetes.Delete("silo-b");

        await Sees(first, second, SiloStatus.Dead);
        (await ended.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(ExitCodes.GivenUp);
        kubernetes.Asked.ShouldBe(role.Verbs, ignoreOrder: true);
    }

    [Fact]
    public async Task InAPod_ASiloHasItsName_AndOurSettingsStayWhatTheyAre()
    {
        await using var kubernetes = new KubernetesServer(["get", "list", "watch"]);
        await kubernetes.Start();
        kubernetes.Create("silo-a", Labels);
        await using var cluster = await ClusterHosts.Create(postgres);
        var place = Place("silo-a");

        var silo = await Start(cluster, kubernetes, place);

        Options<Orleans.Configuration.SiloOptions>(silo).SiloName.ShouldBe("silo-a");
        Options<Orleans.Configuration.ClusterOptions>(silo).ClusterId.ShouldBe(place.Id);
        Options<Orleans.Configuration.ClusterOptions>(silo)
            .ServiceId.ShouldBe(Labels[KubernetesHostingOptions.ServiceIdLabel]);
        var endpoints = Options<EndpointOptions>(silo);
        endpoints.AdvertisedIPAddress.ToString().ShouldBe("127.0.0.1");
        (endpoints.SiloPort, endpoints.GatewayPort).ShouldBe((place.SiloPort, place.GatewayPort));
        endpoints.SiloListeningEndpoint.ShouldNotBeNull().Port.ShouldBe(place.SiloPort);
        endpoints.GatewayListeningEndpoint.ShouldNotBeNull().Port.ShouldBe(place.GatewayPort);
    }

    private static ClusterOptions Place(string pod)
    {
        var place = ClusterHosts.Place(ClusterRole.Silo);
        place.AdvertisedAddress = null;
        place.Pod = new KubernetesPod(pod, "127.0.0.1");
        return place;
    }

    private static Task<IHost> Start(
        ClusterHosts cluster,
        KubernetesServer kubernetes,
        string pod,
        EndProcess? end = null
    ) => Start(cluster, kubernetes, Place(pod), end);

    private static Task<IHost> Start(
        ClusterHosts cluster,
        KubernetesServer kubernetes,
        ClusterOptions place,
        EndProcess? end = null
    ) =>
        cluster.StartSilo(
            place,
            end,
            also: services =>
                services.Configure<KubernetesHostingOptions>(pod =>
                {
                    // Two pods share this process, so that variables of the process cannot say which is which.
                    Tell(pod, "PodName", place.Pod!.Name);
                    Tell(pod, "Namespace", KubernetesServer.Namespace);
                    pod.GetClientConfiguration = () => kubernetes.Client;
                })
        );

    private static void Tell(KubernetesHostingOptions pod, string property, string value) =>
        typeof(KubernetesHostingOptions)
            .GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic)
            .ShouldNotBeNull()
            .SetValue(pod, value);

    private static T Options<T>(IHost silo)
        where T : class => silo.Services.GetRequiredService<IOptions<T>>().Value;

    private static Task Sees(IHost host, IHost other, SiloStatus status) =>
        Awaited.Until(
            async () => (await ClusterHosts.Members(host)).GetValueOrDefault(ClusterHosts.AddressOf(other)) == status,
            $"a silo to be {status}"
        );
}
