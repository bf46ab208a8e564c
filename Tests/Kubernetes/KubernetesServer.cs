using System.Collections.Concurrent;
using System.Threading.Channels;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Tests.Kubernetes;

/// <summary>
/// As much of Kubernetes as a silo asks for: the pods of one namespace, for whoever has the rights to see them.
/// </summary>
internal sealed class KubernetesServer(IReadOnlyCollection<string> rights) : IAsyncDisposable
{
    public const string Namespace = "ecosystemsilo";

    private readonly ConcurrentDictionary<string, V1Pod> pods = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> asked = new();
    private readonly ConcurrentBag<Channel<string>> watchers = [];
    private WebApplication? app;

    /// <summary>The verbs that were used, as rights name them.</summary>
    public IReadOnlyCollection<string> Asked => [.. asked.Distinct(StringComparer.Ordinal)];

    public int Watchers => watchers.Count;

    public KubernetesClientConfiguration Client => new() { Host = app!.Urls.Single(), Namespace = Namespace };

    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(Answer);
        await app.StartAsync();
    }

    public void Create(string name, IDictionary<string, string> labels) =>
        pods[name] = new V1Pod
        {
            ApiVersion = "v1",
            Kind = "Pod",
            Metadata = new V1ObjectMeta
            {
                Name = name,
                NamespaceProperty = Namespace,
                Labels = labels,
            },
        };

    public void Delete(string name)
    {
        pods.TryRemove(name, out var pod);
        var word = KubernetesJson.Serialize(new Dictionary<string, object> { ["type"] = "DELETED", ["object"] = pod! });
        foreach (var watcher in watchers)
        {
            watcher.Writer.TryWrite(word);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watcher in watchers)
        {
            watcher.Writer.TryComplete();
        }
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    private async Task Answer(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var all = $"/api/v1/namespaces/{Namespace}/pods";
        var isOne = path.StartsWith($"{all}/", StringComparison.Ordinal);
        var verb = (context.Request.Method, isOne) switch
        {
            ("GET", true) => "get",
            ("GET", false) => context.Request.Query["watch"] == "true" ? "watch" : "list",
            (var method, _) => method.ToLowerInvariant(),
        };
        asked.Enqueue(verb);
        if (!rights.Contains(verb) || (path != all && !isOne))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        context.Response.ContentType = "application/json";
        if (verb == "watch")
        {
            await Watch(context);
            return;
        }
        object found = isOne ? pods[path[(all.Length + 1)..]] : new V1PodList { Items = [.. Meant(context)] };
        await context.Response.WriteAsync(KubernetesJson.Serialize(found), context.RequestAborted);
    }

    private IEnumerable<V1Pod> Meant(HttpContext context)
    {
        var labels = $"{context.Request.Query["labelSelector"]}".Split(',').Select(label => label.Split('=')).ToArray();
        return pods.Values.Where(pod =>
            labels.All(label => pod.Metadata.Labels.TryGetValue(label[0], out var value) && value == label[1])
        );
    }

    private async Task Watch(HttpContext context)
    {
        var words = Channel.CreateUnbounded<string>();
        watchers.Add(words);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        try
        {
            await foreach (var word in words.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(word + "\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever watched has gone.
        }
    }
}
