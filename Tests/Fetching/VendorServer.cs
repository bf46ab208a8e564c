using System.Collections.Concurrent;
using EcosystemSilo.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EcosystemSilo.Tests.Fetching;

/// <summary>What a sender was asked.</summary>
internal sealed record Asked(string Method, string Path, string Query, string Form, string? Token)
{
    /// <summary>Without the token, as a person would read it.</summary>
    public string Decoded => Uri.UnescapeDataString($"{Method} {Path}{Query}{(Form.Length > 0 ? $" {Form}" : "")}");

    public override string ToString() => $"{Method} {Path}{Query}{(Form.Length > 0 ? $" {Form}" : "")} by {Token}";
}

/// <summary>What it answers.</summary>
internal sealed record Answer(int Status, string Body, int? RetryAfter = null);

/// <summary>A sender's API on a socket of this machine. Each test says what it answers.</summary>
internal sealed class VendorServer : IAsyncDisposable
{
    /// <summary>Where such servers are.</summary>
    public const string Network = "127.0.0.0/8";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Asked> _asked = [];

    private VendorServer(WebApplication app) => _app = app;

    public required Func<Asked, Task<Answer>> Answers { get; set; }

    public IReadOnlyCollection<Asked> Log => [.. _asked];

    public string Address => $"{_app.Urls.First()}/";

    public static async Task<VendorServer> Start(Func<Asked, Answer> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new VendorServer(app) { Answers = asked => Task.FromResult(answers(asked)) };
        app.Run(server.Take);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Waits until something was asked that fits.</summary>
    public Task Until(Func<Asked, bool> fits, string awaited, int times = 1) =>
        Awaited.Until(() => Task.FromResult(_asked.Count(fits) >= times), $"{awaited} among {_asked.Count} questions");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var form = Uri.UnescapeDataString(await reader.ReadToEndAsync(context.RequestAborted));
        var token = request.Headers.Authorization.ToString() is { Length: > 0 } text
            ? text.Replace("Bearer ", "", StringComparison.Ordinal)
            : null;
        var asked = new Asked(request.Method, request.Path, request.QueryString.ToString(), form, token);
        _asked.Enqueue(asked);
        var answer = await Answers(asked);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        if (answer.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
        }

        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }
}
