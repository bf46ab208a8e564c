using System.Text.Json;
using System.Text.Json.Nodes;
using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Endpoints;

/// <summary>What is told to others has a name, a schema and an example, and never describes a person.</summary>
public sealed class EventCatalogueTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 29, 1, 30, 0, TimeSpan.Zero);

    public static TheoryData<string> Types => [.. EventCatalogue.All.Select(published => published.Type)];

    [Fact]
    public void NoPublishedEvent_DescribesAPerson() =>
        EventCatalogue.All.Where(published => published.Sample is IPersonal).ShouldBeEmpty();

    [Fact]
    public void NoPublishedEvent_NamesAPerson() =>
        EventCatalogue
            .All.Where(published =>
                published
                    .Sample.GetType()
                    .GetProperties()
                    .Any(field =>
                        (Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType) == typeof(PersonId)
                    )
            )
            .ShouldBeEmpty();

    [Fact]
    public void EveryPublishedEvent_HappensToAKindThatThereIs() =>
        EventCatalogue
            .All.Select(published => published.Kind)
            .ShouldBeSubsetOf(GrainKinds.All.Select(kind => kind.Name));

    [Theory]
    [MemberData(nameof(Types))]
    public void AnExample_IsWhatTheSchemaSays(string type)
    {
        var published = EventCatalogue.Find(type).ShouldNotBeNull();
        var example = JsonNode.Parse(published.Example()).ShouldNotBeNull();

        Breaches(published.Schema(), example, "$").ShouldBeEmpty();
        example["type"]!.GetValue<string>().ShouldBe(type);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void WhoActed_IsNotTold(string type)
    {
        var published = EventCatalogue.Find(type)!;

        published.Schema()["properties"]!["data"]!["properties"]!.AsObject().ShouldNotContainKey("by");
        JsonNode.Parse(published.Example())!["data"]!.AsObject().ShouldNotContainKey("by");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void TheIdOfTheGrain_IsNoFieldOfTheEvent(string type)
    {
        var fields = JsonSerializer
            .SerializeToNode(EventCatalogue.Find(type)!.Sample, Wire.Of(EventCatalogue.Find(type)!.Sample).Json)!
            .AsObject();

        fields.ShouldNotContainKey("id");
        fields.ShouldNotContainKey("version");
    }

    [Fact]
    public void ABody_IsThatOfStandardWebhooks() =>
        EventCatalogue
            .Find("deal.lost")!
            .Body("d-1", 7, At, new DealLost("no \"budget\""))
            .ShouldBe(
                """
                {"type":"deal.lost","timestamp":"2026-03-29T01:30:00+00:00","data":{"id":"d-1","version":7,"reason":"no \u0022budget\u0022"}}
                """
            );

    [Fact]
    public void ABodyBeyondTheBound_SaysThatItsFieldsAreLeftOut()
    {
        var body = EventCatalogue.Find("deal.lost")!.Body("d-1", 7, At, new DealLost(new string('ü', 10_000)));

        body.Length.ShouldBeLessThan(PublishedEvent.BodyCharsMax);
        JsonNode.Parse(body)!["data"]!["truncated"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Theory]
    [InlineData("deal.won", true)]
    [InlineData("deal.*", true)]
    [InlineData("deal", false)]
    [InlineData("*", false)]
    [InlineData("deal.w*", false)]
    [InlineData("person.*", false)]
    public void AFilter_IsATypeOrTheBeginningOfSome(string filter, bool isOne) =>
        EventCatalogue.IsFilter(filter).ShouldBe(isOne);

    [Fact]
    public void Filters_LetThroughWhatTheyName()
    {
        EventCatalogue.Matches([], "deal.won").ShouldBeTrue();
        EventCatalogue.Matches(["partner.registered", "deal.*"], "deal.won").ShouldBeTrue();
        EventCatalogue.Matches(["partner.*"], "deal.won").ShouldBeFalse();
    }

    /// <summary>As much of JSON Schema as the catalogue uses.</summary>
    private static IEnumerable<string> Breaches(JsonNode schema, JsonNode? value, string path)
    {
        var types = schema["type"] switch
        {
            JsonArray several => several.Select(type => type!.GetValue<string>()).ToArray(),
            JsonValue one => [one.GetValue<string>()],
            _ => [],
        };
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        var fits = types.Any(type =>
            type switch
            {
                "object" => kind == JsonValueKind.Object,
                "array" => kind == JsonValueKind.Array,
                "string" => kind == JsonValueKind.String,
                "integer" or "number" => kind == JsonValueKind.Number,
                "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
                _ => kind == JsonValueKind.Null,
            }
        );
        if (types.Length > 0 && !fits)
        {
            yield return $"{path} is no {string.Join(" or ", types)}";
        }

        if (types.Length == 0 && schema["const"] is null && schema["enum"] is null)
        {
            yield return $"{path} may be anything";
        }

        foreach (var name in schema["required"]?.AsArray() ?? [])
        {
            if (value is not JsonObject some || !some.ContainsKey(name!.GetValue<string>()))
            {
                yield return $"{path}.{name} is missing";
            }
        }

        foreach (var (name, inner) in schema["properties"]?.AsObject() ?? [])
        {
            if (value is JsonObject some && some.TryGetPropertyValue(name, out var found))
            {
                foreach (var breach in Breaches(inner!, found, $"{path}.{name}"))
                {
                    yield return breach;
                }
            }
        }

        if (value is JsonObject known && schema["properties"] is JsonObject properties)
        {
            foreach (var (name, _) in known.Where(field => !properties.ContainsKey(field.Key)))
            {
                yield return $"{path}.{name} is not in the schema";
            }
        }
    }
}
