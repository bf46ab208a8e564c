using System.Collections.Concurrent;
using System.Diagnostics;
using EcosystemSilo.Tests.Support;
using k8s;
using k8s.Models;
using Xunit;

namespace EcosystemSilo.Tests.Kubernetes;

/// <summary>An overlay as kubectl renders it, read strictly into Kubernetes' own types.</summary>
internal sealed class Overlay
{
    private static readonly ConcurrentDictionary<string, Lazy<Overlay>> Rendered = new(StringComparer.Ordinal);

    private Overlay(string name)
    {
        Name = name;
        Text = Render(name);
        Objects = Read(Text);
    }

    public static string[] Names { get; } =
    [.. Directory.GetDirectories(Repository.PathOf("k8s/overlays")).Select(path => Path.GetFileName(path)!).Order()];

    public static TheoryData<string> All => [.. Names];

    public string Name { get; }

    public string Text { get; }

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; }

    public IEnumerable<Workload> Workloads => Objects.Select(Workload.Of).OfType<Workload>();

    /// <summary>Those that run the product, rather than the database.</summary>
    public IEnumerable<Workload> OfTheProduct =>
        Workloads.Where(workload => workload.Container.Image.Contains("ecosystemsilo-", StringComparison.Ordinal));

    public static Overlay Of(string name) => Rendered.GetOrAdd(name, _ => new(() => new Overlay(name))).Value;

    /// <exception cref="YamlDotNet.Core.YamlException">A field that Kubernetes does not know.</exception>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Read(string text) =>
        [.. KubernetesYaml.LoadAllFromString(text, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()];

    public IEnumerable<T> Each<T>() => Objects.OfType<T>();

    private static string Render(string name)
    {
        try
        {
            using var kubectl = Process.Start(
                new ProcessStartInfo("kubectl", ["kustomize", Repository.PathOf($"k8s/overlays/{name}")])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            var errors = kubectl.StandardError.ReadToEndAsync();
            var text = kubectl.StandardOutput.ReadToEnd();
            kubectl.WaitForExit();
            return kubectl.ExitCode == 0
                ? text
                : throw new InvalidOperationException($"kubectl kustomize {name} failed: {errors.Result}");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException(
                "This needs kubectl, which was not found: apt-get install kubernetes-client",
                missing
            );
        }
    }
}

/// <summary>What runs pods, whichever kind it is.</summary>
internal sealed record Workload(string Kind, string Name, int? Replicas, V1PodTemplateSpec Template)
{
    public V1PodSpec Pod => Template.Spec;

    public V1Container Container => Pod.Containers.Single();

    public IDictionary<string, string> Labels => Template.Metadata.Labels;

    public IEnumerable<V1Container> Containers => Pod.Containers.Concat(Pod.InitContainers ?? []);

    public static Workload? Of(IKubernetesObject<V1ObjectMeta> any) =>
        any switch
        {
            V1Deployment it => new("Deployment", it.Name(), it.Spec.Replicas, it.Spec.Template),
            V1StatefulSet it => new("StatefulSet", it.Name(), it.Spec.Replicas, it.Spec.Template),
            V1CronJob it => new("CronJob", it.Name(), Replicas: 1, it.Spec.JobTemplate.Spec.Template),
            _ => null,
        };

    public bool Has(IDictionary<string, string> labels) => labels.All(label => Labels.Contains(label));

    /// <summary>Does a selector of a policy, a budget or a service mean these pods?</summary>
    public bool Is(V1LabelSelector selector) =>
        Has(selector.MatchLabels ?? new Dictionary<string, string>(StringComparer.Ordinal))
        && (selector.MatchExpressions ?? []).All(asked =>
            asked.OperatorProperty == "In"
            && Labels.TryGetValue(asked.Key, out var value)
            && asked.Values.Contains(value)
        );
}
