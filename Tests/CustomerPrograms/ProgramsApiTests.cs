using System.Net;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.CustomerPrograms;

/// <summary>Customer programs over REST, on the whole service.</summary>
public sealed class ProgramsApiTests : IAsyncLifetime
{
    private readonly RunningGateway _gateway = new();
    private HttpClient _client = null!;
    private ProgramCaller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _client = _gateway.Client();
        _caller = new ProgramCaller(_client);
        await _caller.Partner("p-1");
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _gateway.DisposeAsync();
    }

    [Fact]
    public async Task ANewProgram_IsShownWithItsTermsAndItsGate()
    {
        const string More = """
            ,"eligibility":{"text":"staff","emailDomain":"WWW.StMary.org","ageMin":18},
             "goals":{"daily":{"steps":8000,"sleep":420},"activePercent":60},"capacity":500
            """;

        var made = await _caller.Program("m-1", "p-1", More);

        made.Text("phase").ShouldBe("discovery");
        made.Text("status").ShouldBe("active");
        made.Text("domain").ShouldBe("stmary.org");
        made.Text("partnerName").ShouldBe("Partner p-1");
        made.Text("renewalDueAt").ShouldBe("2029-10-03T00:00:00+00:00", "90 days before the end, B §17");
        made.GetProperty("eligibility").Text("emailDomain").ShouldBe("stmary.org");
        made.GetProperty("goals").GetProperty("daily").Number("steps").ShouldBe(8_000);
        made.GetProperty("gate").GetProperty("next").Text("item").ShouldBe("program-goals");
        (await _caller.Get("/programs/m-1")).GetRawText().ShouldBe(made.GetRawText());
    }

    [Fact]
    public async Task ABadRequest_NamesEveryFieldAtFault()
    {
        using var response = await _caller.Post(
            "/programs",
            """{"name":"N","type":"raffle","goals":{"daily":{"weight":70,"steps":1.5}},"eligibility":{"emailDomain":"x"}}"""
        );

        var problem = await response.ShouldBeProblem(400, FieldCodes.FieldMissing);
        problem
            .GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.Text("field"))
            .ShouldBe([
                "partner",
                "customer",
                "type",
                "starts",
                "ends",
                "eligibility.emailDomain",
                "goals.daily.steps",
                "goals.daily",
            ]);
    }

    [Fact]
    public async Task AProgramOfAnUnknownPartner_IsRefused()
    {
        using var response = await _caller.Post(
            "/programs",
            $$"""
            {"name":"N","partner":"nobody","type":"clinical-study",{{ProgramCaller.Year}},
             "customer":{"name":"St Mary","domain":"stmary.org"} }
            """
        );

        await response.ShouldBeProblem(422, Refusals.PartnerUnknown);
    }

    [Fact]
    public async Task AnInvitationsCode_IsShownOnce_AndOnlyItsHashIsKept()
    {
        await _caller.Program("m-1", "p-1");
        const string Request = """{"usesMax":3,"expiresAt":"2029-01-01T00:00:00Z"}""";

        var made = await _caller.Change("/programs/m-1/invitations", Request, ("Idempotency-Key", "k1"));
        var again = await _caller.Change("/programs/m-1/invitations", Request, ("Idempotency-Key", "k1"));

        made.Text("code").Length.ShouldBe(24);
        made.Text("code").ShouldEndWith(made.Text("hint"));
        again.Text("id").ShouldBe(made.Text("id"));
        again.TryGetProperty("code", out _).ShouldBeFalse();
        var shown = await _caller.Get("/programs/m-1");
        shown.GetProperty("invitations").GetArrayLength().ShouldBe(1);
        shown.GetRawText().ShouldNotContain(made.Text("code"));
        shown.GetRawText().ShouldNotContain("hash");
    }

    [Fact]
    public async Task APerson_EnrolsByTheirCode_HoweverTheyTypeIt_AndWithdraws()
    {
        var code = await Launched("m-1", usesMax: 5);
        await _caller.Person("ada");

        using var enrolled = await _caller.Enrol("m-1", "ada", $" {code.ToUpperInvariant().Replace("-", " ")} ");

        enrolled.StatusCode.ShouldBe(HttpStatusCode.Created);
        enrolled.Headers.Location!.OriginalString.ShouldBe("/api/acme/programs/m-1/enrolments/ada");
        (await _caller.Get("/programs/m-1")).Number("enrolled").ShouldBe(1);
        (await _caller.Get("/programs/m-1/enrolments/ada")).TryGetProperty("withdrawnAt", out _).ShouldBeFalse();

        var withdrawn = await _caller.Change("/programs/m-1/enrolments/ada/withdraw");
        withdrawn.TryGetProperty("withdrawnAt", out _).ShouldBeTrue();
        await _caller.Until("m-1", program => program.Number("enrolled") == 0, "the place to come back");
        using var back = await _caller.Enrol("m-1", "ada", code);
        back.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task APersonWhoIsErased_GivesTheirPlaceBack()
    {
        var code = await Launched("m-1", usesMax: 5);
        await _caller.Person("ada");
        using var enrolled = await _caller.Enrol("m-1", "ada", code);

        await _caller.Change("/people/ada/erase");

        await _caller.Until("m-1", program => program.Number("enrolled") == 0, "the place to come back");
        (await _caller.Get("/programs/m-1/enrolments/ada")).TryGetProperty("withdrawnAt", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task ARepeatedEnrolment_GetsItsAnswerAgain_AndASecondOneIsRefusedAndGivesItsUseBack()
    {
        var code = await Launched("m-1", usesMax: 2);
        await _caller.Person("ada");

        using var first = await _caller.Enrol("m-1", "ada", code, ("Idempotency-Key", "e1"));
        using var repeat = await _caller.Enrol("m-1", "ada", code, ("Idempotency-Key", "e1"));
        using var second = await _caller.Enrol("m-1", "ada", code, ("Idempotency-Key", "e2"));

        (await repeat.Body()).GetRawText().ShouldBe((await first.Body()).GetRawText());
        await second.ShouldBeProblem(409, Refusals.AlreadyEnrolled);
        var shown = await _caller.Until(
            "m-1",
            program => program.GetProperty("invitations")[0].Number("uses") == 1,
            "the second use to come back"
        );
        shown.Number("enrolled").ShouldBe(1);
    }

    [Fact]
    public async Task EnrollingWithoutWhatTheProgramAsksFor_IsRefusedAtItsField()
    {
        const string Rule = ""","eligibility":{"emailDomain":"stmary.org","ageMin":18}""";
        var code = await Launched("m-1", usesMax: 5, Rule);
        await _caller.Person("ada");

        using var nothing = await _caller.Enrol("m-1", "ada", code);
        await nothing.ShouldBeProblem(422, Refusals.NotEligible);
        using var odd = await _caller.Post(
            "/programs/m-1/enrolments",
            $$"""{"person":"ada","code":"{{code}}","bornOn":"31.12.1990"}"""
        );
        await odd.ShouldBeProblem(400, FieldCodes.FieldInvalid);
        using var eligible = await _caller.Post(
            "/programs/m-1/enrolments",
            $$"""{"person":"ada","code":"{{code}}","email":"ada@ward.stmary.org","bornOn":"1990-12-31"}"""
        );
        eligible.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var nobody = await _caller.Enrol("m-1", "nobody", code);
        await nobody.ShouldBeProblem(422, Refusals.PersonUnknown);
        using var guess = await _caller.Enrol("m-1", "ada", "7h2k-9mpq");
        await guess.ShouldBeProblem(422, Refusals.InvitationUnknown);
    }

    [Fact]
    public async Task ListsAndTheBoard_ShowPrograms_AndAnEndedOneLeavesTheBoard()
    {
        await _caller.Program("m-1", "p-1");
        var code = await Launched("m-2", usesMax: 5);
        await _caller.Person("ada");
        (await _caller.Enrol("m-2", "ada", code)).Dispose();
        await Awaited.Until(async () => await Ids("?phase=launch") == "m-2", "the list to show the launch");

        (await Ids("")).ShouldBe("m-2 m-1");
        (await Ids("?status=ended")).ShouldBe("");
        (await Ids("?type=employer-wellness&q=mary")).ShouldBe("m-2 m-1");
        (await Ids("?type=clinical-study")).ShouldBe("");
        (await Ids("?partner=p-2")).ShouldBe("");
        (await _caller.Get("/programs?limit=1")).TryGetProperty("nextCursor", out _).ShouldBeTrue();
        await Awaited.Until(
            async () => (await _caller.Get("/programs/m-2/enrolments")).GetProperty("items").GetArrayLength() == 1,
            "the enrolment in the list"
        );
        (await _caller.Get("/programs/m-2/enrolments?withdrawn=true"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
        (await OnBoard()).ShouldBe(2);
        (await _caller.Get("/programs/m-2/timeline")).GetProperty("items").GetArrayLength().ShouldBeGreaterThan(4);

        var ended = await _caller.Change("/programs/m-1/end", """{"reason":"no budget"}""");

        ended.Text("reason").ShouldBe("no budget");
        await Awaited.Until(async () => await OnBoard() == 1, "the program to leave the board");
        (await Ids("?status=ended")).ShouldBe("m-1");
    }

    [Fact]
    public async Task RenewingAProgram_MovesItsEnd()
    {
        await _caller.Program("m-1", "p-1");

        var renewed = await _caller.Change("/programs/m-1/renew", """{"ends":"2031-01-01T00:00:00Z"}""");

        renewed.Text("ends").ShouldBe("2031-01-01T00:00:00+00:00");
        using var earlier = await _caller.Post("/programs/m-1/renew", """{"ends":"2030-06-01T00:00:00Z"}""");
        await earlier.ShouldBeProblem(400, Refusals.Invalid);
    }

    [Fact]
    public async Task APartner_WorksOnItsOwnProgramsWithItsOwnPeople_AndSeesNoOthers()
    {
        await _caller.Partner("p-2");
        await _caller.Program("theirs", "p-2");
        await Launched("own", usesMax: 5);
        await _caller.Person("ada", "p-1");
        await _caller.Person("bob", "p-2");
        var key = await _caller.Make("/keys", """{"name":"P1","role":"partner","partner":"p-1"}""");
        using var client = _gateway.Client(key.Text("key"));
        var partner = new ProgramCaller(client);

        var code = await partner.Invite("own", usesMax: 5);
        (await partner.Enrol("own", "ada", code)).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var others = await partner.Enrol("own", "bob", code);
        await others.ShouldBeProblem(422, Refusals.PersonUnknown);
        await Awaited.Until(
            async () => (await partner.Get("/programs")).GetProperty("items").GetArrayLength() == 1,
            "the partner's one program"
        );
        (await partner.Get("/programs?partner=p-2")).GetProperty("items").GetArrayLength().ShouldBe(0);
        foreach (var path in new[] { "", "/timeline", "/enrolments", "/enrolments/bob" })
        {
            using var hidden = await client.GetAsync(
                $"/api/acme/programs/theirs{path}",
                TestContext.Current.CancellationToken
            );
            await hidden.ShouldBeProblem(404, Refusals.NotFound);
        }

        using var invite = await partner.Post(
            "/programs/theirs/invitations",
            """{"usesMax":1,"expiresAt":"2029-01-01T00:00:00Z"}"""
        );
        await invite.ShouldBeProblem(404, Refusals.NotFound);
        using var enrol = await partner.Enrol("theirs", "ada", code);
        await enrol.ShouldBeProblem(404, Refusals.NotFound);
        using var withdraw = await partner.Post("/programs/theirs/enrolments/bob/withdraw");
        await withdraw.ShouldBeProblem(404, Refusals.NotFound);
    }

    private async Task<string> Launched(string id, int usesMax, string more = "")
    {
        await _caller.Program(id, "p-1", more);
        await _caller.AdvanceTo(id, "launch");
        return await _caller.Invite(id, usesMax);
    }

    private async Task<string> Ids(string query) =>
        string.Join(
            ' ',
            (await _caller.Get($"/programs{query}"))
                .GetProperty("items")
                .EnumerateArray()
                .Select(card => card.Text("id"))
        );

    private async Task<int> OnBoard() =>
        (await _caller.Get("/board?kind=programs"))
            .GetProperty("columns")
            .EnumerateArray()
            .Sum(column => column.Number("count"));
}
