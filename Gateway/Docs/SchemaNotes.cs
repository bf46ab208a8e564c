using System.Text.Json.Nodes;
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
        else if (type == typeof(Money))
        {
            schema.Examples = [new JsonObject { ["minor"] = 12_500_000, ["currency"] = "USD" }];
        }

        return Task.CompletedTask;
    }
}
