using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EcosystemSilo.Grains.Interfaces;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EcosystemSilo.Gateway.Docs;

/// <summary>Says in schemas what the types alone do not: typed ids are strings of a certain form.</summary>
internal static class SchemaNotes
{
    private const string IdPattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

    public static Task Apply(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken _)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>)))
        {
            schema.Type = JsonSchemaType.String;
            schema.Properties = null;
            schema.Required = null;
            schema.Pattern = IdPattern;
            schema.MinLength = 1;
            schema.MaxLength = Ids.LengthMax;
        }
        else if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (schema.Required is { } required)
        {
            // What is null is left out, so a member that may be null may be absent.
            foreach (var member in context.JsonTypeInfo.Properties.Where(IsLeftOutWhenNull))
            {
                required.Remove(member.Name);
            }
        }

        if (type == typeof(Money))
        {
            schema.Examples = [new JsonObject { ["minor"] = 12_500_000, ["currency"] = "USD" }];
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// A member that may be absent is never null: the schema's other way to say the same is taken out.
    /// </summary>
    public static void ForbidNulls(OpenApiDocument document)
    {
        foreach (var schema in document.Components?.Schemas?.Values ?? [])
        {
            foreach (var (name, member) in schema.Properties?.ToList() ?? [])
            {
                if (schema.Required?.Contains(name) != true)
                {
                    schema.Properties![name] = WithoutNull(member);
                }
            }
        }
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema member)
    {
        if (member.OneOf is [{ Type: JsonSchemaType.Null }, var only])
        {
            return only;
        }

        if (member is OpenApiSchema { Type: { } type } schema && type != JsonSchemaType.Null)
        {
            schema.Type = type & ~JsonSchemaType.Null;
        }

        return member;
    }

    private static bool IsLeftOutWhenNull(JsonPropertyInfo member) =>
        member.IsGetNullable
        && member.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [];
}
