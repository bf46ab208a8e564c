using System.Text.Json;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.CustomerPrograms;

/// <summary>Works on customer programs of one ecosystem over REST, as an app does.</summary>
internal sealed class ProgramCaller(HttpClient client, string ecosystem = "acme")
{
    public const string Year = "\"starts\":\"2026-01-01T00:00:00Z\",\"ends\":\"2030-01-01T00:00:00Z\"";

    private string Root => $"/api/{ecosystem}";

    public HttpClient Client => client;

    public async Task<JsonElement> Make(string path, string json, params (string, string)[] headers)
    {
        using var response = await client.Post($"{Root}{path}", json, headers);
        ((int)response.StatusCode).ShouldBe(201, await response.Content.ReadAsStringAsync(Cancellation));
        return await response.Body();
    }

    public async Task<JsonElement> Change(string path, string? json = null, params (string, string)[] headers)
    {
        using var response = await client.Post($"{Root}{path}", json, headers);
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync(Cancellation));
        return await response.Body();
    }

    public async Task<JsonElement> Get(string path)
    {
        using var response = await client.GetAsync($"{Root}{path}", Cancellation);
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync(Cancellation));
        return await response.Body();
    }

    public Task<HttpResponseMessage> Post(string path, string? json = null, params (string, string)[] headers) =>
        client.Post($"{Root}{path}", json, headers);

    public Task<JsonElement> Partner(string id, string category = "system-integrator") =>
        Make("/partners", $$"""{"id":"{{id}}","name":"Partner {{id}}","category":"{{category}}"}""");

    public Task<JsonElement> Program(string id, string partner, string more = "") =>
        Make(
            "/programs",
            $$"""
            {"id":"{{id}}","name":"Moving Mary","partner":"{{partner}}","type":"employer-wellness",{{Year}},
             "customer":{"name":"St Mary","domain":"www.stmary.org"}{{more}}}
            """
        );

    public Task<JsonElement> Person(string id, string? partner = null) =>
        Make("/people", partner is null ? $$"""{"id":"{{id}}"}""" : $$"""{"id":"{{id}}","partner":"{{partner}}"}""");

    /// <summary>Completes what is required until the program is in the phase.</summary>
    public async Task AdvanceTo(string program, string phase)
    {
        while (await Get($"/programs/{program}") is var shown && shown.Text("phase") != phase)
        {
            foreach (var item in shown.GetProperty("checklist").EnumerateArray())
            {
                if (item.GetProperty("required").GetBoolean() && !item.TryGetProperty("doneAt", out _))
                {
                    await Change($"/programs/{program}/checklist/{item.Text("item")}/complete");
                }
            }

            await Change($"/programs/{program}/advance");
        }
    }

    /// <summary>Returns the code of a new invitation.</summary>
    public async Task<string> Invite(string program, int usesMax)
    {
        var expiresAt = "2029-01-01T00:00:00Z";
        var made = await Change(
            $"/programs/{program}/invitations",
            $$"""{"usesMax":{{usesMax}},"expiresAt":"{{expiresAt}}"}"""
        );
        return made.Text("code");
    }

    public Task<HttpResponseMessage> Enrol(
        string program,
        string person,
        string code,
        params (string, string)[] headers
    ) => Post($"/programs/{program}/enrolments", $$"""{"person":"{{person}}","code":"{{code}}"}""", headers);

    /// <summary>Shows a program once it is as awaited, which follow-ups may bring about a moment later.</summary>
    public async Task<JsonElement> Until(string program, Func<JsonElement, bool> condition, string awaited)
    {
        var shown = default(JsonElement);
        await Awaited.Until(async () => condition(shown = await Get($"/programs/{program}")), awaited);
        return shown;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}

internal static class ProgramReading
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
