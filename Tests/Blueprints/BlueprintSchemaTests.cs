using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Blueprints;

/// <summary>The schema that editors use and the records that the product reads say the same.</summary>
public sealed class BlueprintSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(BlueprintFile.SchemaText()).RootElement;

    public static TheoryData<Type> Records =>
        [
            typeof(BlueprintDocument),
            typeof(GroupRule),
            typeof(CategoryRule),
            typeof(TierRule),
            typeof(TierRequirements),
            typeof(PhaseRule),
            typeof(ChecklistItemRule),
            typeof(ProductRule),
            typeof(DealRegistrationRule),
            typeof(ProgramTermsRule),
            typeof(OutcomesRule),
            typeof(TemplateRule),
            typeof(TemplateItemRule),
            typeof(RevenueShareRange),
            typeof(AnnualRevenueRange),
            typeof(PartnerTarget),
            typeof(Money),
        ];

    [Fact]
    public void EveryRecordOfTheDocument_IsCompared() =>
        typeof(BlueprintDocument)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(BlueprintDocument).Namespace && IsPartOfTheDocument(type))
            .ShouldBeSubsetOf(Records.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Records))]
    public void ARecordAndItsSchema_HaveTheSameProperties(Type record) =>
        PropertiesOf(SchemaOf(record))
            .Select(p => p.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Members(record).Select(m => m.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Records))]
    public void WhatTheSchemaRequires_IsWhatTheRecordCannotLeaveOut(Type record)
    {
        var required = SchemaOf(record).TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!)
            : [];
        var constructor = record.GetConstructors().Single(c => c.GetParameters().Length > 0);
        var mandatory = constructor.GetParameters().Where(p => !p.HasDefaultValue);

        required
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                mandatory.Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!)).Order(StringComparer.Ordinal)
            );
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void ASchemaType_FitsTheMember_AndNumbersFitTheirBounds(Type record)
    {
        foreach (var member in Members(record))
        {
            var property = Resolve(PropertiesOf(SchemaOf(record)).Single(p => p.Name == member.Name).Value);
            var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            property.GetProperty("type").GetString().ShouldBe(SchemaTypeOf(type), $"{record.Name}.{member.Name}");
            if (type == typeof(int))
            {
                property.GetProperty("maximum").GetInt64().ShouldBeLessThanOrEqualTo(int.MaxValue, member.Name);
                property.GetProperty("minimum").GetInt64().ShouldBeGreaterThanOrEqualTo(int.MinValue, member.Name);
            }
        }
    }

    [Theory]
    [InlineData("""{ "type": "string", "format": "date" }""", "format")]
    [InlineData("""{ "type": "integer", "pattern": "x" }""", "pattern")]
    [InlineData("""{ "type": "array" }""", "items")]
    [InlineData("""{ "type": "object", "properties": {} }""", "not closed")]
    [InlineData("""{ "type": "number" }""", "number")]
    [InlineData("""{ "type": ["string", "null"] }""", "several types")]
    [InlineData("""{ "anyOf": [] }""", "no type")]
    [InlineData("""{ "$ref": "#/$defs/missing" }""", "missing")]
    [InlineData("""{ "$ref": "https://example.com/schema" }""", "$ref")]
    public void ASchemaThatCannotBeInterpreted_IsRefusedAtStart(string schema, string named) =>
        Should.Throw<InvalidOperationException>(() => YamlSchema.Parse(schema)).Message.ShouldContain(named);

    private static JsonElement SchemaOf(Type record) =>
        record == typeof(BlueprintDocument)
            ? Schema
            : Schema.GetProperty("$defs").GetProperty(JsonNamingPolicy.CamelCase.ConvertName(record.Name));

    private static IEnumerable<JsonProperty> PropertiesOf(JsonElement schema) =>
        schema.GetProperty("properties").EnumerateObject();

    private static IEnumerable<JsonPropertyInfo> Members(Type record) => Wire.Options.GetTypeInfo(record).Properties;

    private static JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? Resolve(Schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]))
            : schema;

    private static string SchemaTypeOf(Type type) =>
        type switch
        {
            _ when type == typeof(string) || type.IsEnum => "string",
            _ when type == typeof(int) || type == typeof(long) => "integer",
            _ when type == typeof(bool) => "boolean",
            _ when type.IsGenericType => "array",
            _ => "object",
        };

    /// <summary>Reached from the document by its members; the folder also holds messages.</summary>
    private static bool IsPartOfTheDocument(Type type)
    {
        var reached = new HashSet<Type>();
        Reach(typeof(BlueprintDocument), reached);
        return reached.Contains(type);
    }

    private static void Reach(Type type, HashSet<Type> reached)
    {
        type = Nullable.GetUnderlyingType(type) ?? (type.IsGenericType ? type.GetGenericArguments()[0] : type);
        if (type.Namespace?.StartsWith("EcosystemSilo", StringComparison.Ordinal) == true && reached.Add(type))
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                Reach(property.PropertyType, reached);
            }
        }
    }
}
