using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using EcosystemSilo.LoadTests.Processes;
using Shouldly;

namespace EcosystemSilo.Tests.Browser;

/// <summary>A person with a phone that tells their steps and heart rate, for stories about streams.</summary>
public sealed class WearablesOfPeople(PortalBrowser portal)
{
    private const int StepsAnHour = 750;

    /// <summary>Registers a person who agreed to coaching, and connects them to a source of their own.</summary>
    public async Task<SourceAddress> Connect(string person)
    {
        var source = await portal.Gateway.CreateSource("health-connect");
        await Register(person);
        await Post($"people/{person}/streams", new { source = source.Id });
        return source;
    }

    /// <summary>Registers a person who agreed to coaching.</summary>
    public async Task Register(string person)
    {
        await Post("people", new { id = person, name = $"Name of {person}" });
        await Post(
            $"people/{person}/consents",
            new
            {
                purpose = "coaching",
                textVersion = "2026-03",
                channel = "app",
            }
        );
    }

    /// <summary>Posts what a phone counted in the three hours before this moment.</summary>
    public async Task Send(SourceAddress source, DateTimeOffset until)
    {
        var hours = Enumerable.Range(1, 3).Select(hours => until.AddHours(-hours)).ToArray();
        var steps = hours.Select(hour =>
            $$"""{"count":{{StepsAnHour}},"start_time":"{{Text(hour)}}","end_time":"{{Text(hour.AddMinutes(30))}}"}"""
        );
        var beats = hours.Select((hour, i) => $$"""{"bpm":{{60 + (10 * i)}},"time":"{{Text(hour)}}"}""");
        var body =
            $$"""{"steps":[{{string.Join(',', steps)}}],"heart_rate":[{{string.Join(',', beats)}},{"bpm":-4}]}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, source.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", source.Secret) },
        };
        using var answer = await portal.Api.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue(
            $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}"
        );
    }

    /// <summary>Posts to the REST API of acme, as somebody who may do everything.</summary>
    public async Task Post(string path, object body)
    {
        using var answer = await portal.Api.PostAsJsonAsync($"/api/acme/{path}", body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"POST {path} was answered {(int)answer.StatusCode}: {text}");
    }

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
