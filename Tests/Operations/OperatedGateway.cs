using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Operations;

/// <summary>The whole product in this process, with Orleans' dashboard, for the stories about operators.</summary>
public sealed class OperatedGateway : IAsyncLifetime
{
    private readonly Dictionary<Role, string> _keys = [];

    internal RunningGateway Gateway { get; } = new RunningGateway().With("Operations:Dashboard", "true");

    /// <summary>An admin of the installation.</summary>
    public HttpClient Operator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Operator = Gateway.Client();
        foreach (var role in Enum.GetValues<Role>())
        {
            using var issued = await Operator.PostAsJsonAsync(
                "/api/acme/keys",
                new
                {
                    name = $"{role}",
                    role = Words<Role>.Of(role),
                    partner = role is Role.Partner ? "p-own" : null,
                },
                TestContext.Current.CancellationToken
            );
            var text = await issued.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            _keys[role] = JsonElement.Parse(text).GetProperty("key").GetString()!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Operator.Dispose();
        await Gateway.DisposeAsync();
    }

    /// <summary>Somebody with a role in the ecosystem acme; nobody when null.</summary>
    public HttpClient As(Role? role) => Gateway.Client(role is { } known ? _keys[known] : null);

    public async Task<JsonElement> Get(string path)
    {
        using var answer = await Operator.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    public async Task<JsonElement> Send(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await Operator.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    public Task<JsonElement> RegisterPartner(string id) =>
        Send(
            HttpMethod.Post,
            "/api/acme/partners",
            new
            {
                id,
                name = $"Clinic {id}",
                category = "medical-device",
            }
        );
}

[CollectionDefinition]
public sealed class OperatedCollection : ICollectionFixture<OperatedGateway>;
