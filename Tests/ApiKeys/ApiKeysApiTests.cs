using System.Net;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Tests.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.ApiKeys;

public sealed class ApiKeysApiTests : IDisposable
{
    private const string Path = "/api/acme/keys";

    private readonly GatewayUnderTest _gateway = new();
    private readonly HttpClient _admin;

    public ApiKeysApiTests() => _admin = _gateway.AsBootstrap();

    public void Dispose()
    {
        _admin.Dispose();
        _gateway.Dispose();
    }

    [Fact]
    public async Task AnIssuedKey_WorksAndIsShownOnce()
    {
        const string Request = """{"name":"CRM","role":"integration"}""";
        using var issued = await _admin.Post(Path, Request, ("Idempotency-Key", "k1"));
        issued.StatusCode.ShouldBe(HttpStatusCode.Created);
        var key = await issued.Body();
        var text = key.GetProperty("key").GetString()!;
        text.ShouldStartWith(key.GetProperty("prefix").GetString()!);
        using var repeated = await _admin.Post(Path, Request, ("Idempotency-Key", "k1"));
        var repeat = await repeated.Body();
        repeat.GetProperty("id").GetString().ShouldBe(key.GetProperty("id").GetString());
        repeat.TryGetProperty("key", out _).ShouldBeFalse();

        using var integration = _gateway.As(text);
        using var made = await integration.Post("/api/acme/partners", """{"name":"N","category":"c"}""");

        made.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task TheSecret_IsNowhereInTheGrain()
    {
        using var issued = await _admin.Post(Path, """{"name":"CRM","role":"viewer"}""");
        var key = await issued.Body();
        var secret = key.GetProperty("key").GetString()!.Split('_')[^1];

        var id = new Grains.Interfaces.ApiKeyId(key.GetProperty("id").GetString()!);
        var stored = await _gateway.Grains.Read<ApiKeyView>(
            ApiKeyKey.Of(new Grains.Interfaces.EcosystemId("acme"), id),
            Grains.Interfaces.ReadAt.Newest,
            default
        );

        stored!.View.ToString().ShouldNotContain(secret);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Integration)]
    [InlineData(Role.PartnerManager)]
    public async Task OnlyAdmins_IssueAndRevokeKeys(Role role)
    {
        using var client = _gateway.As(await _gateway.Key(role));
        using var issue = await client.Post(Path, """{"name":"CRM","role":"viewer"}""");
        await issue.ShouldBeProblem(403, EdgeCodes.RoleForbidden);
        using var revoke = await client.Post($"{Path}/k-1/revoke");
        await revoke.ShouldBeProblem(403, EdgeCodes.RoleForbidden);
    }

    [Theory]
    [InlineData("""{"name":"N","role":"partner"}""", FieldCodes.FieldMissing, "partner")]
    [InlineData("""{"name":"N","role":"viewer","partner":"p-1"}""", FieldCodes.FieldInvalid, "partner")]
    [InlineData("""{"name":"N","role":"Viewer"}""", FieldCodes.FieldInvalid, "role")]
    [InlineData("""{"name":"N","role":4}""", FieldCodes.FieldInvalid, "role")]
    [InlineData("""{"name":"N","role":"viewer","expiresAt":"2030-01-01"}""", FieldCodes.FieldInvalid, "expiresAt")]
    [InlineData(
        """{"name":"N","role":"viewer","expiresAt":"2030-01-01T00:00:00"}""",
        FieldCodes.FieldInvalid,
        "expiresAt"
    )]
    public async Task ABadRequest_NamesItsField(string body, string code, string field)
    {
        using var response = await _admin.Post(Path, body);
        var problem = await response.ShouldBeProblem(400, code);
        problem.GetProperty("field").GetString().ShouldBe(field);
    }
}
