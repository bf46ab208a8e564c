using System.Net;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Calls;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.CustomerPrograms;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Templates;

/// <summary>
/// Every strategic integration end to end: started as partner, program and source by one request, its checklist
/// completed, the four phases advanced to scale, a person enrolled by invitation.
/// </summary>
public sealed class TemplateWalkTests : IAsyncLifetime
{
    private readonly RunningGateway _gateway = new();
    private HttpClient _client = null!;

    public static TheoryData<string, string> Templates =>
        [
            .. from blueprint in new[] { ShippedBlueprints.PurposefulLive, ShippedBlueprints.Acme }
            from template in blueprint.Templates!
            select new TheoryDataRow<string, string>(blueprint.Ecosystem, template.Id),
        ];

    public ValueTask InitializeAsync()
    {
        _client = _gateway.Client();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _gateway.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task ATemplate_IsWalkedFromItsStartToScale(string ecosystem, string id)
    {
        var caller = new ProgramCaller(_client, ecosystem);
        var template = (await caller.Get("/templates"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(item => item.Text("id") == id);

        var started = await caller.Make($"/templates/{id}/start", Start(), ("Idempotency-Key", "start"));

        var program = started.GetProperty("program");
        program.Text("type").ShouldBe(template.Text("programType"));
        program.Text("template").ShouldBe(id);
        program.Text("partnerName").ShouldBe("The partner");
        started.GetProperty("partner").Text("category").ShouldBe(template.Text("category"));
        started.GetProperty("source").Text("scheme").ShouldBe(template.Text("scheme"));
        started.GetProperty("source").Text("secret").ShouldNotBeEmpty();

        var programId = program.Text("id");
        await caller.AdvanceTo(programId, "launch");
        var code = await caller.Invite(programId, usesMax: 1);
        await caller.Person("ada");
        using var enrolled = await caller.Enrol(programId, "ada", code);
        enrolled.StatusCode.ShouldBe(HttpStatusCode.Created);
        await caller.AdvanceTo(programId, "scale");
        foreach (var item in (await caller.Get($"/programs/{programId}")).GetProperty("checklist").EnumerateArray())
        {
            await caller.Change($"/programs/{programId}/checklist/{item.Text("item")}/complete");
        }

        var scaled = await caller.Get($"/programs/{programId}");
        (scaled.Text("phase"), scaled.Number("enrolled")).ShouldBe(("scale", 1));
        var done = scaled.GetProperty("checklist").EnumerateArray().Select(item => item.Text("item")).ToList();
        template
            .GetProperty("checklist")
            .EnumerateArray()
            .Select(item => item.Text("id"))
            .ShouldBeSubsetOf(done, "the template's own items were on the program's checklist");
    }

    [Theory]
    [InlineData("acme", "health-system")]
    [InlineData("purposeful-live", "health-system")]
    public async Task AReferralOfAHealthSystem_ArrivesOverFhir_AndIsCountedOnItsProgram(string ecosystem, string id)
    {
        var caller = new ProgramCaller(_client, ecosystem);
        var started = await caller.Make($"/templates/{id}/start", Start());
        var (program, source) = (started.GetProperty("program"), started.GetProperty("source"));

        (await Notify(source, Referral("1", "active"))).ShouldBe(200);
        (await Notify(source, Referral("1", "active"))).ShouldBe(200, "a repeat is acknowledged again");
        (await Notify(source, Referral("2", "draft"))).ShouldBe(200, "and is no referral yet");
        (await Notify(source, Referral("3", "active").Replace("ServiceRequest", "Observation"))).ShouldBe(200);
        (await Notify(source, Referral("4", "active"))).ShouldBe(200);

        (await caller.Get($"/programs/{program.Text("id")}")).Number("referrals").ShouldBe(2);
        var timeline = (await caller.Get($"/programs/{program.Text("id")}/timeline")).GetRawText();
        timeline.ShouldContain("ServiceRequest/r-4");
        timeline.ShouldNotContain("Patient/", Case.Insensitive, "which patient it is stays in the health system");
    }

    [Fact]
    public async Task StartingAgainUnderTheSameKey_GetsTheFirstAnswer_AndAnotherRequestUnderItIsRefused()
    {
        var caller = new ProgramCaller(_client, "purposeful-live");
        var first = await caller.Make("/templates/employer/start", Start(), ("Idempotency-Key", "k1"));
        await caller.Change($"/programs/{first.GetProperty("program").Text("id")}/checklist/program-goals/complete");
        await caller.Change($"/sources/{first.GetProperty("source").Text("id")}/rotate", "{}");

        var again = await caller.Make("/templates/employer/start", Start(), ("Idempotency-Key", "k1"));

        again.GetRawText().ShouldBe(first.GetRawText());
        using var other = await caller.Post("/templates/insurer/start", Start(), ("Idempotency-Key", "k1"));
        await other.ShouldBeProblem(409, Refusals.IdReused);
        using var elsewhere = await caller.Post(
            "/partners",
            """{"name":"Other","category":"hospital"}""",
            ("Idempotency-Key", "k1")
        );
        await elsewhere.ShouldBeProblem(409, Refusals.IdReused);
        (await Made(_gateway, "partner")).ShouldBe(1);
    }

    [Theory]
    [InlineData("partner", 1)]
    [InlineData("source", 2)]
    public async Task AStartThatWasCutOff_IsCompletedByARepeat(string before, int made)
    {
        var cut = new CutOff(before);
        await using var gateway = new RunningGateway().With(services =>
            services.AddSingleton<IGrains>(provider => cut.Of(provider.GetRequiredService<OrleansGrains>()))
        );
        using var client = gateway.Client();
        var caller = new ProgramCaller(client, "purposeful-live");
        using var first = await caller.Post("/templates/employer/start", Start(), ("Idempotency-Key", "k1"));
        ((int)first.StatusCode).ShouldBe(503);
        (await Made(gateway, "partner", "program", "source")).ShouldBe(made);

        cut.IsMended = true;
        var completed = await caller.Make("/templates/employer/start", Start(), ("Idempotency-Key", "k1"));

        completed.GetProperty("partner").Text("name").ShouldBe("The partner");
        (await Made(gateway, "partner", "program", "source")).ShouldBe(3);
    }

    [Fact]
    public async Task StartingForAPartnerThatIsThere_MakesNoOther()
    {
        var caller = new ProgramCaller(_client, "purposeful-live");
        await caller.Partner("p-1", "hospital");

        var started = await caller.Make("/templates/health-system/start", Start("\"partner\":\"p-1\""));

        started.GetProperty("partner").Text("id").ShouldBe("p-1");
        started.GetProperty("program").Text("partner").ShouldBe("p-1");
        (await Made(_gateway, "partner")).ShouldBe(1);
    }

    [Fact]
    public async Task AStartThatCannotBe_IsRefused_AndNothingIsMade()
    {
        var caller = new ProgramCaller(_client, "purposeful-live");
        (string Template, string Who, int Status, string Code)[] starts =
        [
            ("nothing", "\"partnerName\":\"N\"", 404, Refusals.TemplateUnknown),
            ("employer", "\"partner\":\"nobody\"", 422, Refusals.PartnerUnknown),
            ("employer", "\"partner\":\"p\",\"partnerName\":\"N\"", 400, "request.field-invalid"),
            ("employer", "\"region\":\"emea\"", 400, "request.field-invalid"),
        ];
        foreach (var (template, who, status, code) in starts)
        {
            using var response = await caller.Post($"/templates/{template}/start", Start(who));

            await response.ShouldBeProblem(status, code);
            (await Made(_gateway, "partner", "program", "source")).ShouldBe(0, who);
        }
    }

    [Fact]
    public async Task AProgramThatIsRefused_LeavesNeitherPartnerNorSourceBehind()
    {
        var caller = new ProgramCaller(_client, "purposeful-live");

        using var response = await caller.Post("/templates/employer/start", Start().Replace("2030-", "2020-"));

        await response.ShouldBeProblem(400, Refusals.Invalid);
        (await Made(_gateway, "partner", "program", "source")).ShouldBe(0);
    }

    private static string Start(string who = "\"partnerName\":\"The partner\"") =>
        $$"""
            {"name":"Strategic","customer":{"name":"St Mary","domain":"stmary.org"},{{ProgramCaller.Year}},{{who}}}
            """;

    private static string Referral(string number, string status) =>
        $$$"""
            {"resourceType":"Bundle","type":"subscription-notification","entry":[
              {"resource":{"resourceType":"SubscriptionStatus","type":"event-notification",
                "subscription":{"reference":"Subscription/s-1"},
                "notificationEvent":[{"eventNumber":"{{{number}}}","focus":{"reference":"ServiceRequest/r-{{{number}}}"}}]}},
              {"resource":{"resourceType":"ServiceRequest","id":"r-{{{number}}}","status":"{{{status}}}","intent":"order",
                "subject":{"reference":"Patient/p-7"} } }]}
            """;

    /// <summary>How many grains of these kinds the journal holds.</summary>
    private static async Task<int> Made(RunningGateway gateway, params string[] kinds)
    {
        var journal = gateway.Services.GetRequiredService<IJournal>();
        var events = await journal.ReadAll(0, int.MaxValue, TestContext.Current.CancellationToken);
        return events.Count(recorded => recorded.Version == 1 && kinds.Contains(GrainKey.Parse(recorded.Grain).Kind));
    }

    private async Task<int> Notify(JsonElement source, string notification)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, source.Text("url"))
        {
            Content = HttpTesting.Json(notification),
        };
        request.Headers.Add("Authorization", $"Bearer {source.Text("secret")}");
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    /// <summary>Stands before the grains and lets no command through to one kind, as if the process had died.</summary>
    private sealed class CutOff(string before) : IGrains
    {
        private IGrains? _grains;

        public bool IsMended { get; set; }

        public CutOff Of(IGrains grains)
        {
            _grains = grains;
            return this;
        }

        public Task<Reply> Ask(GrainKey key, ICommand command, Ask ask, CancellationToken cancellation) =>
            key.Kind == before && !IsMended
                ? throw new GrainUnavailableException("The process died.")
                : _grains!.Ask(key, command, ask, cancellation);

        public Task<Versioned<TView>?> Read<TView>(GrainKey key, ReadAt at, CancellationToken cancellation)
            where TView : class, IView => _grains!.Read<TView>(key, at, cancellation);
    }
}
