using System.Net.Http.Headers;
using System.Text;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Senders.Json;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Http;

public sealed class BadInputTests : IDisposable
{
    private const string Path = "/api/acme/partners";
    private const string Good = """{"name":"N","category":"c"}""";

    private readonly GatewayUnderTest _gateway = new();
    private readonly HttpClient _client;

    public BadInputTests() => _client = _gateway.AsBootstrap();

    public void Dispose()
    {
        _gateway.Grains.Asked.ShouldBeEmpty("Bad input must not reach a grain.");
        _client.Dispose();
        _gateway.Dispose();
    }

    public static TheoryData<string, string, string?> Bodies =>
        new()
        {
            { "", FieldCodes.FieldMissing, "name" },
            { "{", "json.malformed", null },
            { "[]", EdgeCodes.BodyMalformed, null },
            { "null", EdgeCodes.BodyMalformed, null },
            { Good + "{}", "json.malformed", null },
            { """{"name":"N","category":"c",}""", "json.malformed", null },
            { """{"name":"N","name":"M","category":"c"}""", "json.duplicate-key", "name" },
            { """{"name":"N"}""", FieldCodes.FieldMissing, "category" },
            { """{"name":null,"category":"c"}""", FieldCodes.FieldMissing, "name" },
            { """{"name":"N","category":"c","colour":"red"}""", FieldCodes.FieldUnknown, "colour" },
            { """{"name":"N","category":"c","Name":"M"}""", FieldCodes.FieldUnknown, "Name" },
            { """{"name":7,"category":"c"}""", FieldCodes.FieldInvalid, "name" },
            { """{"name":"  ","category":"c"}""", FieldCodes.FieldInvalid, "name" },
            { """{"name":"N","category":"c d"}""", FieldCodes.FieldInvalid, "category" },
            { """{"id":"../p","name":"N","category":"c"}""", FieldCodes.FieldInvalid, "id" },
            { """{"name":"a\u0000b","category":"c"}""", "json.nul-character", "name" },
            { """{"name":"a\ud800b","category":"c"}""", "json.lone-surrogate", "name" },
            { """{"name":"a\u0007b","category":"c"}""", FieldCodes.TextNotClean, "name" },
            { $$"""{"name":"{{new string('n', 10_000)}}","category":"c"}""", FieldCodes.FieldTooLong, "name" },
            { new string('[', 10_000) + new string(']', 10_000), "json.too-deep", null },
            { """{"name":"N","category":"c","region":1e999}""", "json.number-out-of-range", "region" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task ABadBody_IsRefusedWithItsCodeAndField(string body, string code, string? field)
    {
        using var response = await _client.Post(Path, body);

        var problem = await response.ShouldBeProblem(400, code);
        if (field is not null)
        {
            problem.GetProperty("field").GetString().ShouldBe(field);
        }
    }

    [Fact]
    public async Task EveryFieldAtFault_IsNamed()
    {
        using var response = await _client.Post(Path, """{"name":"","colour":1}""");

        var problem = await response.ShouldBeProblem(400, FieldCodes.FieldInvalid);
        problem
            .GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.GetProperty("field").GetString())
            .ShouldBe(["name", "category", "colour"]);
    }

    [Fact]
    public async Task ABodyBeyondTheLimit_IsRefused()
    {
        using var response = await _client.Post(Path, $$"""{"name":"{{new string('n', 1_100_000)}}"}""");
        await response.ShouldBeProblem(413, EdgeCodes.BodyTooLarge);
    }

    [Fact]
    public async Task InvalidUtf8_IsRefused()
    {
        using var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\",\"category\":\"c\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _client.PostAsync(Path, content);
        await response.ShouldBeProblem(400, "json.invalid-utf8");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task AnotherContentType_IsRefused(string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await _client.PostAsync(Path, content);
        await response.ShouldBeProblem(415, EdgeCodes.ContentTypeUnsupported);
    }

    [Fact]
    public async Task ACompressedBody_IsRefused()
    {
        using var content = HttpTesting.Json(Good);
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await _client.PostAsync(Path, content);
        await response.ShouldBeProblem(415, EdgeCodes.ContentTypeUnsupported);
    }

    [Theory]
    [InlineData("Idempotency-Key", "with space", EdgeCodes.IdempotencyKeyInvalid)]
    [InlineData("If-Match", "7", EdgeCodes.IfMatchInvalid)]
    [InlineData("If-Match", "W/\"7\"", EdgeCodes.IfMatchInvalid)]
    [InlineData("If-Match", "\"-1\"", EdgeCodes.IfMatchInvalid)]
    [InlineData("If-Match", "\"1\", \"2\"", EdgeCodes.IfMatchInvalid)]
    [InlineData("Prefer", "wait=soon", EdgeCodes.PreferInvalid)]
    public async Task ABadHeader_IsRefusedWithItsName(string header, string value, string code)
    {
        using var response = await _client.Post(Path, Good, (header, value));
        var problem = await response.ShouldBeProblem(400, code);
        problem.GetProperty("field").GetString().ShouldBe(header);
    }

    [Fact]
    public async Task AnIdempotencyKeyOf256Characters_IsRefused()
    {
        using var response = await _client.Post(Path, Good, ("Idempotency-Key", new string('k', 256)));
        await response.ShouldBeProblem(400, EdgeCodes.IdempotencyKeyInvalid);
    }

    [Fact]
    public async Task AMalformedIdInThePath_IsRefusedWithItsName()
    {
        using var response = await _client.GetAsync($"{Path}/-p%20");
        var problem = await response.ShouldBeProblem(400, FieldCodes.FieldInvalid);
        problem.GetProperty("field").GetString().ShouldBe("id");
    }

    [Fact]
    public async Task AnUnknownAddressAndMethod_AreProblemsToo()
    {
        using var address = await _client.GetAsync("/api/acme/nothing");
        await address.ShouldBeProblem(404, EdgeCodes.RouteUnknown);
        using var method = await _client.DeleteAsync($"{Path}/p-1");
        await method.ShouldBeProblem(405, EdgeCodes.MethodNotAllowed);
    }
}
