using System.Net;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Tests.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Partners;

public sealed class PartnersApiTests : IDisposable
{
    private const string Path = "/api/acme/partners";
    private const string Registration = """{"id":"p-1","name":"Acme Nord","category":"system-integrator"}""";

    private readonly GatewayUnderTest _gateway = new();
    private readonly HttpClient _client;

    public PartnersApiTests() => _client = _gateway.AsBootstrap();

    public void Dispose()
    {
        _client.Dispose();
        _gateway.Dispose();
    }

    [Fact]
    public async Task RegisteringAPartner_AnswersWithThePartnerItsAddressAndItsTag()
    {
        using var response = await _client.Post(Path, Registration);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.Location!.OriginalString.ShouldBe("/api/acme/partners/p-1");
        response.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var partner = await response.Body();
        partner.GetProperty("id").GetString().ShouldBe("p-1");
        partner.GetProperty("version").GetInt64().ShouldBe(1);
        partner.GetProperty("phase").GetString().ShouldBe("discovery");
        partner.GetProperty("gate").GetProperty("next").GetProperty("item").GetString().ShouldBe("kickoff");
        partner.TryGetProperty("region", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task APartnerThatIsThereAlready_IsAConflict()
    {
        (await _client.Post(Path, Registration)).Dispose();

        using var again = await _client.Post(Path, Registration);

        var problem = await again.ShouldBeProblem(409, Refusals.AlreadyExists);
        problem.GetProperty("field").GetString().ShouldBe("id");
    }

    [Fact]
    public async Task TheSameIdempotencyKey_GetsTheFirstAnswerThoughThePartnerHasMovedOn()
    {
        const string Named = """{"name":"Acme Nord","category":"system-integrator"}""";
        using var first = await _client.Post(Path, Named, ("Idempotency-Key", "k1"));
        var created = await first.Body();
        var id = created.GetProperty("id").GetString();
        (await _client.Post($"{Path}/{id}/checklist/kickoff/complete")).EnsureSuccessStatusCode();

        using var second = await _client.Post(
            Path,
            """{ "category":"system-integrator", "name":"Acme Nord" }""",
            ("Idempotency-Key", "k1")
        );

        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await second.Body()).GetRawText().ShouldBe(created.GetRawText());
    }

    [Fact]
    public async Task AReusedIdempotencyKey_IsRefusedForAnotherBodyAndForAnotherRoute()
    {
        (await _client.Post(Path, Registration, ("Idempotency-Key", "k1"))).EnsureSuccessStatusCode();

        using var body = await _client.Post(Path, Registration.Replace("Nord", "Süd"), ("Idempotency-Key", "k1"));
        await body.ShouldBeProblem(409, Refusals.IdReused);
        using var route = await _client.Post($"{Path}/p-1/advance", null, ("Idempotency-Key", "k1"));
        await route.ShouldBeProblem(409, Refusals.IdReused);
    }

    [Fact]
    public async Task AdvancingBeforeTheGateIsMet_IsRefusedAndAfterwardsAccepted()
    {
        (await _client.Post(Path, Registration)).Dispose();
        using var early = await _client.Post($"{Path}/p-1/advance");
        await early.ShouldBeProblem(409, Refusals.GateNotMet);

        using var done = await _client.Post($"{Path}/p-1/checklist/kickoff/complete");
        (await done.Body()).GetProperty("checklist")[0].GetProperty("doneBy").GetString().ShouldBe("key:bootstrap");
        using var advanced = await _client.Post($"{Path}/p-1/advance", """{"to":"integration"}""");

        (await advanced.Body()).GetProperty("phase").GetString().ShouldBe("integration");
    }

    [Fact]
    public async Task IfMatchWithAnOldVersion_IsRefused()
    {
        (await _client.Post(Path, Registration)).Dispose();
        (
            await _client.Post($"{Path}/p-1/checklist/kickoff/complete", null, ("If-Match", "\"1\""))
        ).EnsureSuccessStatusCode();

        using var late = await _client.Post($"{Path}/p-1/advance", null, ("If-Match", "\"1\""));

        await late.ShouldBeProblem(412, Refusals.VersionMismatch);
    }

    [Fact]
    public async Task ShowingAPartner_Answers304ForTheVersionThatTheCallerHolds()
    {
        (await _client.Post(Path, Registration)).Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}/p-1");
        request.Headers.TryAddWithoutValidation("If-None-Match", "\"1\"");

        using var response = await _client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task ShowingAPartnerAtLeastAtAVersion_WaitsForIt_OrSaysThatItIsNotThere()
    {
        (await _client.Post(Path, Registration)).Dispose();

        (await _client.GetAsync($"{Path}/p-1?atLeast=1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var late = await _client.GetAsync($"{Path}/p-1?atLeast=2");
        await late.ShouldBeProblem(503, EdgeCodes.VersionNotReached);
        late.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        using var odd = await _client.GetAsync($"{Path}/p-1?atLeast=new");
        await odd.ShouldBeProblem(400, EdgeCodes.AtLeastInvalid);
        using var nobody = await _client.GetAsync($"{Path}/nobody?atLeast=1");
        await nobody.ShouldBeProblem(404, Refusals.NotFound);
    }

    [Fact]
    public async Task AnUnknownPartner_IsNotFound()
    {
        using var response = await _client.GetAsync($"{Path}/nobody");
        await response.ShouldBeProblem(404, Refusals.NotFound);
    }

    [Fact]
    public async Task APartnersOwnKey_ShowsNoOtherPartner()
    {
        (await _client.Post(Path, Registration)).Dispose();
        (await _client.Post(Path, Registration.Replace("p-1", "p-2"))).Dispose();
        using var partner = _gateway.As(await _gateway.Key(Role.Partner, partner: "p-1"));

        (await partner.GetAsync($"{Path}/p-1")).EnsureSuccessStatusCode();
        using var other = await partner.GetAsync($"{Path}/p-2");

        await other.ShouldBeProblem(404, Refusals.NotFound);
    }
}
