using System.Text.Json;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Mapping;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Sources;

/// <summary>
/// A source's events may do what the role may that the source was given, and that is at most its creator's.
/// </summary>
public sealed class SourceRightsTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private static readonly Dictionary<string, string> Native = new(StringComparer.Ordinal)
    {
        ["partner.registered"] = """{"partner":"p","name":"N","category":"hospital"}""",
        ["partner.checklist.completed"] = """{"partner":"p","item":"kickoff"}""",
        ["deal.registered"] =
            """{"deal":"d","partner":"p","product":"enterprise","customer":{"name":"C","domain":"c.example.org"}}""",
        ["deal.stage.changed"] = """{"deal":"d","phase":"launch"}""",
        ["deal.amount.changed"] = """{"deal":"d","amount":{"minor":1,"currency":"USD"}}""",
        ["deal.won"] = """{"deal":"d"}""",
        ["deal.lost"] = """{"deal":"d"}""",
    };

    [Fact]
    public void ASourceOfRoleIntegration_Registers_AndDoesNothingElse() =>
        MayDo(Role.Integration).ShouldBe(["deal.registered", "partner.registered"]);

    [Theory]
    [InlineData(null)]
    [InlineData(Role.PartnerManager)]
    [InlineData(Role.EcosystemAdmin)]
    public void ASourceOfAManager_OrFromBeforeRoles_MayDoAll(Role? role) => MayDo(role).ShouldBe(Native.Keys.Order());

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Partner)]
    public void ASourceOfAnyOtherRole_MayDoNothing(Role role) => MayDo(role).ShouldBeEmpty();

    [Fact]
    public void EveryTypeOfOurs_IsInThisTest() => NativeEvents.Types.Order().ShouldBe(Native.Keys.Order());

    [Theory]
    [InlineData("integration", null, 201, "integration")]
    [InlineData("integration", "integration", 201, "integration")]
    [InlineData("integration", "partner-manager", 403, EdgeCodes.RoleForbidden)]
    [InlineData("integration", "ecosystem-admin", 403, EdgeCodes.RoleForbidden)]
    [InlineData("partner-manager", null, 201, "partner-manager")]
    [InlineData("partner-manager", "ecosystem-admin", 403, EdgeCodes.RoleForbidden)]
    [InlineData("partner-manager", "integration", 201, "integration")]
    [InlineData("ecosystem-admin", "partner-manager", 201, "partner-manager")]
    [InlineData("ecosystem-admin", "viewer", 400, FieldCodes.FieldInvalid)]
    [InlineData("ecosystem-admin", "partner", 400, FieldCodes.FieldInvalid)]
    public async Task ASource_HasAtMostTheRoleOfItsCreator(string creator, string? role, int status, string expected)
    {
        using var client = await As(creator);

        var created = await client.Post(
            "/api/acme/sources",
            JsonSerializer.Serialize(
                role is null
                    ? (object)new { name = "CRM", scheme = "standard-webhooks" }
                    : new
                    {
                        name = "CRM",
                        scheme = "standard-webhooks",
                        role,
                    }
            )
        );

        ((int)created.StatusCode).ShouldBe(status);
        var body = await created.Body();
        body.GetProperty(status == 201 ? "role" : "code").GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task ASignedEventOfAnIntegration_ThatWinsADeal_IsADeadLetter()
    {
        using var client = await As("integration");
        var created = await (
            await client.Post("/api/acme/sources", """{"name":"CRM","scheme":"standard-webhooks"}""")
        ).Body();
        var sender = new WebhookSender(
            WebhookSchemes.Find("standard-webhooks").ShouldNotBeNull(),
            created.GetProperty("id").GetString()!,
            created.GetProperty("url").GetString()!,
            created.GetProperty("secret").GetString()!
        );

        (string Type, string Outcome)[] sent =
        [
            ("partner.registered", "applied"),
            ("deal.registered", "applied"),
            ("deal.amount.changed", "deadLettered"),
            ("deal.stage.changed", "deadLettered"),
            ("deal.won", "deadLettered"),
            ("deal.lost", "deadLettered"),
            ("partner.checklist.completed", "deadLettered"),
        ];
        foreach (var ((type, outcome), number) in sent.Select((one, number) => (one, number)))
        {
            var data = Native[type].Replace("hospital", "system-integrator");
            using var taken = await sender.Send(
                client,
                $$"""{"type":"{{type}}","timestamp":"2026-01-31T12:00:00Z","data":{{data}}}""",
                $"msg_{number}"
            );
            (await taken.Body()).GetProperty("outcome").GetString().ShouldBe(outcome);
        }
    }

    private async Task<HttpClient> As(string role)
    {
        using var admin = gateway.Client();
        var key = await admin.Post("/api/acme/keys", $$"""{"name":"K","role":"{{role}}"}""");
        return gateway.Client((await key.Body()).GetProperty("key").GetString());
    }

    private static IEnumerable<string> MayDo(Role? role)
    {
        var source = new SourceView(
            "CRM",
            "standard-webhooks",
            new SourceMapping(),
            [],
            new Dictionary<string, SourceSetting>(),
            role
        );
        return Native
            .Where(native =>
                EventMapping.Map(new EcosystemId("acme"), source, Event(native.Key, native.Value)) is Mapped
            )
            .Select(native => native.Key)
            .Order();
    }

    private static InboundEvent Event(string type, string data) =>
        new("e-1", type, DateTimeOffset.UnixEpoch, JsonElement.Parse(data), ReadOnlyMemory<byte>.Empty);
}
