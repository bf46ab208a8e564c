using EcosystemSilo.Senders.Schemes;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

/// <summary>
/// The cases of github.com/cloudevents/conformance (format/json: valid and invalid events and batches, and the HTTP
/// binding's feature file), by the names they have there.
/// </summary>
public sealed class CloudEventsConformanceTests
{
    private const string Missing = "400 webhook.attribute-missing";
    private const string Invalid = "400 webhook.attribute-invalid";
    private const string NameInvalid = "400 webhook.attribute-name-invalid";
    private const string Malformed = "400 webhook.body-malformed";

    private static readonly CloudEventsScheme Scheme = new();
    private static readonly SourceSecret Secret = Scheme.FreshSecret();

    private static string Minimal(string id) =>
        $$"""{"specversion":"1.0","id":"{{id}}","type":"io.cloudevents.test","source":"https://cloudevents.io"}""";

    /// <summary>The minimal event with one member more.</summary>
    private static string With(string member) => Minimal("invalid").Replace("}", $",{member}}}");

    /// <summary>The minimal event without one member, or with another value for it.</summary>
    private static string Replaced(string name, string? value)
    {
        var members = new Dictionary<string, string?>
        {
            ["specversion"] = "\"1.0\"",
            ["id"] = "\"invalid\"",
            ["type"] = "\"io.cloudevents.test\"",
            ["source"] = "\"https://cloudevents.io\"",
            [name] = value,
        };
        return $"{{{string.Join(',', members.Where(m => m.Value is not null).Select(m => $"\"{m.Key}\":{m.Value}"))}}}";
    }

    public static TheoryData<string, string, string, string> InvalidEvents() =>
        new()
        {
            { "invalidNoSpecVersion", Replaced("specversion", null), Missing, "specversion" },
            { "invalidNoId", Replaced("id", null), Missing, "id" },
            { "invalidNoType", Replaced("type", null), Missing, "type" },
            { "invalidNoSource", Replaced("source", null), Missing, "source" },
            { "null instead of an id", Replaced("id", "null"), Missing, "id" },
            { "invalidTimeGarbage", With("\"time\":\"lunchtime\""), Invalid, "time" },
            { "invalidTimeToMinute", With("\"time\":\"2018-04-05T18:31Z\""), Invalid, "time" },
            { "invalidTimeOffsetX", With("\"time\":\"2018-04-05T18:31:00X\""), Invalid, "time" },
            { "invalidTimeOffsetOutOfRange", With("\"time\":\"2018-04-05T18:31:00+25:00\""), Invalid, "time" },
            { "invalidTimeOffsetNonInteger", With("\"time\":\"2018-04-05T18:31:00+xx:00\""), Invalid, "time" },
            { "invalidTimeOffsetHourOnly", With("\"time\":\"2018-04-05T18:31:00+05\""), Invalid, "time" },
            { "invalidEmptyId", Replaced("id", "\"\""), Invalid, "id" },
            { "invalidEmptyType", Replaced("type", "\"\""), Invalid, "type" },
            { "invalidEmptySource", Replaced("source", "\"\""), Invalid, "source" },
            { "a source with a space", Replaced("source", "\"a b\""), Invalid, "source" },
            { "invalidEmptySpecVersion", Replaced("specversion", "\"\""), Invalid, "specversion" },
            { "invalidUnknownSpecVersion", Replaced("specversion", "\"0.9\""), Invalid, "specversion" },
            { "invalidNonRfc2046DataContentType", With("\"datacontenttype\":\"xyz\""), Invalid, "datacontenttype" },
            { "invalidEmptyDataContentType", With("\"datacontenttype\":\"\""), Invalid, "datacontenttype" },
            { "invalidEmptyDataSchema", With("\"dataschema\":\"\""), Invalid, "dataschema" },
            { "invalidEmptySubject", With("\"subject\":\"\""), Invalid, "subject" },
            { "invalidNumericId", Replaced("id", "25"), Invalid, "id" },
            { "invalidObjectId", Replaced("id", "{\"xyz\":\"abc\"}"), Invalid, "id" },
            { "invalidCapitalizedExtension", With("\"MyExtension\":\"bad\""), NameInvalid, "MyExtension" },
            { "invalidPunctuatedExtension", With("\"my.extension\":\"bad\""), NameInvalid, "my.extension" },
            { "invalidNonIntegerExtensionValue", With("\"my.extension\":1.5"), Invalid, "my.extension" },
            { "a fraction under a valid name", With("\"myextension\":1.5"), Invalid, "myextension" },
            { "an extension beyond 32 bits", With("\"myextension\":4294967296"), Invalid, "myextension" },
            { "an object as extension", With("\"myextension\":{}"), Invalid, "myextension" },
            {
                "invalidBothDataAndDataBase64",
                With("\"data\":\"t\",\"data_base64\":\"eyB9\""),
                Malformed,
                "data_base64"
            },
            { "data_base64 that is none", With("\"data_base64\":\"%%\""), Malformed, "data_base64" },
            { "data_base64 as a number", With("\"data_base64\":5"), Malformed, "data_base64" },
        };

    [Theory]
    [MemberData(nameof(InvalidEvents), DisableDiscoveryEnumeration = true)]
    public void AnInvalidEvent_IsRefusedWithItsField(string name, string body, string outcome, string field)
    {
        var alone = Verify(body, "application/cloudevents+json");
        var batched = Verify($"[{Minimal("ok")},{body}]", "application/cloudevents-batch+json");

        alone.Outcome().ShouldBe(outcome, name);
        ((Rejected)alone).Field.ShouldBe($"$.{field}", name);
        batched.Outcome().ShouldBe(outcome, name);
        ((Rejected)batched).Field.ShouldBe($"$[1].{field}", name);
    }

    [Theory]
    [InlineData(
        "invalidBatchMixedSpecVersions",
        """[{0},{"specversion":"0.9","id":"b","type":"t","source":"s"}]""",
        Invalid
    )]
    [InlineData(
        "invalidBatchContainingInvalidCloudEvent",
        """[{"specversion":"1.0","type":"t","source":"s"}]""",
        Missing
    )]
    [InlineData("invalidBatchContainingNonObject", """["not an object",{0}]""", Malformed)]
    [InlineData("a batch that is no array", "{0}", Malformed)]
    public void AnInvalidBatch_IsRefusedWhole(string name, string template, string outcome) =>
        Verify(template.Replace("{0}", Minimal("minimal1")), "application/cloudevents-batch+json")
            .Outcome()
            .ShouldBe(outcome, name);

    [Theory]
    [InlineData("validMinimal", "")]
    [InlineData(
        "validMinimalWithNullForOptional",
        "\"datacontenttype\":null,\"dataschema\":null,\"subject\":null,\"time\":null,\"data\":null,\"data_base64\":null"
    )]
    [InlineData(
        "validAllCoreAttributes",
        "\"datacontenttype\":\"text/plain\",\"dataschema\":\"https://cloudevents.io/dataschema\","
            + "\"subject\":\"tests\",\"time\":\"2018-04-05T17:31:00Z\""
    )]
    [InlineData("validMinimalWithTimeToNanosecondsUtc", "\"time\":\"2018-04-05T17:31:00.000000000Z\"")]
    [InlineData("validMinimalWithTimeUsingPositiveOffset", "\"time\":\"2018-04-05T18:31:00+01:00\"")]
    [InlineData("validMinimalWithTimeUsingNegativeOffset", "\"time\":\"2018-04-05T16:31:00-01:00\"")]
    [InlineData("validSimpleTextData", "\"datacontenttype\":\"text/plain\",\"data\":\"Simple text\"")]
    [InlineData(
        "validAllExtensionTypes",
        "\"extinteger\":10,\"extboolean\":true,\"extstring\":\"text\","
            + "\"exturi\":\"https://cloudevents.io\",\"exturiref\":\"//authority/path\","
            + "\"exttimestamp\":\"2023-03-31T15:12:00Z\",\"extbinary\":\"TWE=\""
    )]
    public void AValidEvent_IsTaken(string name, string members)
    {
        var body = members.Length == 0 ? Minimal("valid") : With(members);

        var read = Verify(body, "application/cloudevents+json").ShouldBeVerified().Events.ShouldHaveSingleItem();

        read.Type.ShouldBe("io.cloudevents.test", name);
        if (members.Contains("\"time\":\"2018"))
        {
            read.OccurredAt.ShouldBe(new DateTimeOffset(2018, 4, 5, 17, 31, 0, TimeSpan.Zero), name);
        }
    }

    [Fact]
    public void ARelativeSource_IsTaken() =>
        Verify(Replaced("source", "\"#fragment\""), "application/cloudevents+json").Outcome().ShouldBe("200");

    [Theory]
    [InlineData("validBatchEmpty", "[]", 0)]
    [InlineData("validBatchMinimal", "[{a}]", 1)]
    [InlineData("validBatchMinimal2: two copies are one event", "[{a},{a}]", 1)]
    [InlineData("validBatchMinimalAndAllCore", "[{a},{b}]", 2)]
    public void AValidBatch_IsTaken(string name, string template, int events)
    {
        var body = template.Replace("{a}", Minimal("minimal")).Replace("{b}", Minimal("allCore"));

        var verified = Verify(body, "application/cloudevents-batch+json").ShouldBeVerified();

        verified.Events.Count.ShouldBe(events, name);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    public void TheBinaryExampleOfTheHttpBinding_IsTaken(string contentType)
    {
        var request = Deliveries
            .Signed(Scheme, Secret, """{ "message": "Hello World!" }""")
            .WithHeader("Content-Type", contentType)
            .WithHeader("ce-specversion", "1.0")
            .WithHeader("ce-type", "com.example.someevent")
            .WithHeader("ce-time", "2018-04-05T03:56:24Z")
            .WithHeader("ce-id", "1234-1234-1234")
            .WithHeader("ce-source", "/mycontext/subcontext");

        var read = Scheme.Verify(request, [Secret], Deliveries.Now).ShouldBeVerified().Events[0];

        read.Id.ShouldBe("/mycontext/subcontext 1234-1234-1234");
        read.Type.ShouldBe("com.example.someevent");
        read.OccurredAt.ShouldBe(new DateTimeOffset(2018, 4, 5, 3, 56, 24, TimeSpan.Zero));
        read.Data.GetProperty("message").GetString().ShouldBe("Hello World!");
    }

    private static Verdict Verify(string body, string contentType) =>
        Scheme.Verify(
            Deliveries.Signed(Scheme, Secret, body).WithHeader("Content-Type", contentType),
            [Secret],
            Deliveries.Now
        );
}
