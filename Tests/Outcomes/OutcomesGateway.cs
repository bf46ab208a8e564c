using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.CustomerPrograms;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Outcomes;

/// <summary>
/// The whole service with programs of one partner and people who wear something. The blueprint's smallest cell is two,
/// outcomes are computed for everybody who asks, and weeks pass at once.
/// </summary>
public sealed class OutcomesGateway : IAsyncLifetime
{
    private readonly TemporaryFolder _blueprints = new();
    private readonly ShiftedClock _clock = new();
    private readonly RunningGateway _gateway = new();
    private ProgramCaller _caller = null!;
    private WebhookSender _sender = null!;

    /// <summary>The first whole week after people enrolled.</summary>
    private DateOnly _first;

    /// <summary>May do everything.</summary>
    public HttpClient Client { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    public async ValueTask InitializeAsync()
    {
        var text = ShippedBlueprints.Text("acme.yaml").Replace("smallestCell: 11", "smallestCell: 2");
        await File.WriteAllTextAsync(Path.Combine(_blueprints.Path, "acme.yaml"), text);
        _gateway
            .With("Silo:BlueprintsFolder", _blueprints.Path)
            .With("Silo:OutcomesAge", "00:00:00")
            .With(services => services.AddSingleton<TimeProvider>(_clock));
        Client = _gateway.Client();
        _caller = new ProgramCaller(Client);
        _sender = await _gateway.CreateSource("health-connect");
        await _caller.Partner("p-1");
        await _caller.Partner("p-2");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _gateway.DisposeAsync();
        _blueprints.Dispose();
    }

    /// <summary>A client of somebody of a role.</summary>
    public async Task<HttpClient> ClientOf(string role, string? partner = null)
    {
        var request = new
        {
            name = "A key",
            role,
            partner,
        };
        var made = await _caller.Make("/keys", JsonSerializer.Serialize(request, GatewayJson.Options));
        return _gateway.Client(made.Text("key"));
    }

    public async Task<string> Launched(string program)
    {
        await _caller.Program(program, "p-1", ",\"goals\":{\"daily\":{\"steps\":8000}}");
        await _caller.AdvanceTo(program, "launch");
        return await _caller.Invite(program, usesMax: 20);
    }

    /// <summary>Enrols people who agree, and lets six weeks pass.</summary>
    public async Task SixWeeksOf(string program, IReadOnlyList<string> people)
    {
        var code = await Launched(program);
        foreach (var person in people)
        {
            await Join(program, person, code);
        }

        _first = OutcomePeriod.MondayOnOrAfter(Today.AddDays(1));
        _clock.Move(TimeSpan.FromDays(42));
    }

    public async Task Join(string program, string person, string code)
    {
        await Agree(person);
        using var enrolled = await _caller.Enrol(program, person, code);
        enrolled.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private async Task Agree(string person)
    {
        await _caller.Person(person, "p-1");
        var consent = new
        {
            purpose = "coaching",
            textVersion = "2026-03",
            channel = "app",
        };
        await Post($"people/{person}/consents", consent);
        await Post($"people/{person}/streams", new { source = _sender.Source, user = person });
    }

    /// <summary>Delivers a step count for every day of some weeks.</summary>
    public async Task Walk(IEnumerable<string> people, IReadOnlyList<int> weeks)
    {
        var days = weeks.SelectMany((steps, week) => Enumerable.Range(7 * week, 7).Select(day => (day, steps)));
        var counts = days.Select(day =>
            $$"""{"count":{{day.steps}},"start_time":"{{Day(day.day)}}T08:00:00Z","end_time":"{{Day(day.day)}}T20:00:00Z"}"""
        );
        var body = $$"""{"steps":[{{string.Join(',', counts)}}]}""";
        foreach (var person in people)
        {
            var to = _sender with { Url = $"{_sender.Url}?user={person}" };
            using var answer = await to.Send(Client, body, $"steps-{person}");
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        string Day(int day) => _first.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public async Task<JsonElement> Outcomes(string path)
    {
        var to = OutcomePeriod.Latest(Today).Before.AddDays(-1);
        return await _caller.Get($"/{path}/outcomes?from={_first:yyyy-MM-dd}&to={to:yyyy-MM-dd}");
    }

    public async Task Post(string path, object body)
    {
        using var answer = await Client.PostAsJsonAsync($"/api/acme/{path}", body, Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {await answer.Content.ReadAsStringAsync(Cancellation)}");
    }
}
