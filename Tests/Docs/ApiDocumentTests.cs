using System.Runtime.CompilerServices;
using System.Text.Json;
using EcosystemSilo.Tests.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Docs;

public sealed class ApiDocumentTests : IDisposable
{
    /// <summary>Set to 1 to write the file anew instead of comparing it: <c>UPDATE_OPENAPI=1 dotnet test</c>.</summary>
    private const string Update = "UPDATE_OPENAPI";

    private readonly GatewayUnderTest _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task TheCommittedDocument_IsTheOneThatTheGatewayServes()
    {
        var served = (await Serve()).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(file, served);
        }

        (await File.ReadAllTextAsync(file)).ShouldBe(
            served,
            $"Run the tests once with {Update}=1 and commit the file."
        );
    }

    [Fact]
    public async Task EveryOperation_HasANameASummaryAnswersAndItsPathParameters()
    {
        var document = JsonElement.Parse(await Serve());
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var name = $"{operation.Name} {path.Name}";
                operation.Value.TryGetProperty("operationId", out _).ShouldBeTrue(name);
                operation.Value.TryGetProperty("summary", out _).ShouldBeTrue($"{name} has no summary.");
                operation.Value.GetProperty("responses").TryGetProperty("default", out _).ShouldBeTrue(name);
                Parameters(operation.Value, "path")
                    .ShouldBe(InBraces(path.Name), ignoreOrder: true, customMessage: name);
            }
        }
    }

    [Fact]
    public async Task TheReferencePage_LoadsNothingFromElsewhere()
    {
        using var client = _gateway.As(apiKey: null);
        var page = await client.GetStringAsync("/docs");
        var start = await client.GetStringAsync("/docs/start.js");
        page.ShouldContain("/docs/start.js");
        (page + start).ShouldNotContain("//cdn");
        (page + start).ShouldNotContain("https:");
        start.ShouldContain("/openapi/v1.json");
    }

    private async Task<string> Serve()
    {
        using var client = _gateway.As(apiKey: null);
        return await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
    }

    private static List<string> Parameters(JsonElement operation, string place) =>
        operation.TryGetProperty("parameters", out var parameters)
            ?
            [
                .. parameters
                    .EnumerateArray()
                    .Where(parameter => parameter.GetProperty("in").GetString() == place)
                    .Select(parameter => parameter.GetProperty("name").GetString()!),
            ]
            : [];

    private static List<string> InBraces(string path) =>
        [.. path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'))];

    private static string Here([CallerFilePath] string file = "") => file;
}
