using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EcosystemSilo.Gateway.Docs;

/// <summary>Says for every operation what the edge does around it: headers, paging, errors, credentials.</summary>
internal static class OperationNotes
{
    public static async Task Apply(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        AddPathParameters(operation.Parameters, context.Description.RelativePath ?? "");
        await AddWords(operation.Parameters, context, cancellation);
        if (metadata.OfType<PagedMetadata>().Any())
        {
            AddPaging(operation.Parameters);
        }

        if (metadata.OfType<ExchangeMetadata>().Any())
        {
            AddHeaders(operation.Parameters, context.Description.HttpMethod == HttpMethods.Post);
            AddAtLeast(operation.Parameters, context.Description);
        }

        var isOpen = metadata.OfType<IAllowAnonymous>().Any();
        if (!isOpen)
        {
            operation.Security = [.. new[] { "apiKey", "bearer", "session" }.Select(name => Needs(name, context))];
        }

        var problem = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellation);
        context.Document!.AddComponent("Problem", problem);
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "The request was refused or failed; `code` says why.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problems.ContentType] = new() { Schema = new OpenApiSchemaReference("Problem", context.Document) },
            },
        };
    }

    /// <summary>A handler that reads the ecosystem from its exchange does not show it among its parameters.</summary>
    private static void AddPathParameters(IList<IOpenApiParameter> parameters, string path)
    {
        const string Ecosystem = AccessCheck.RouteParameter;
        if (path.Contains($"{{{Ecosystem}}}") && parameters.All(parameter => parameter.Name != Ecosystem))
        {
            parameters.Insert(
                0,
                new OpenApiParameter
                {
                    Name = Ecosystem,
                    In = ParameterLocation.Path,
                    Required = true,
                    Description = "An ecosystem of the caller, for example `acme`.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        }
    }

    /// <summary>A parameter that is one of several words has the schema of these.</summary>
    private static async Task AddWords(
        IList<IOpenApiParameter> parameters,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        foreach (var described in context.Description.ParameterDescriptions)
        {
            var type = described.ParameterDescriptor?.ParameterType;
            type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
            if (
                type is { IsGenericType: true }
                && type.GetGenericTypeDefinition() == typeof(Word<>)
                && parameters.FirstOrDefault(parameter => parameter.Name == described.Name) is OpenApiParameter words
            )
            {
                words.Schema = await context.GetOrCreateSchemaAsync(type.GenericTypeArguments[0], null, cancellation);
            }
        }
    }

    private static void AddPaging(IList<IOpenApiParameter> parameters)
    {
        parameters.Add(
            Query(
                "limit",
                $"At most this many items; {PageRequest.LimitDefault} when left out.",
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Format = "int32",
                    Minimum = "1",
                    Maximum = PageRequest.LimitMax.ToString(),
                }
            )
        );
        parameters.Add(
            Query(
                "cursor",
                "The `nextCursor` of the page before, with the same filters.",
                new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = GatewayLimits.CursorLengthMax }
            )
        );
    }

    private static void AddHeaders(IList<IOpenApiParameter> parameters, bool isPost)
    {
        if (!isPost)
        {
            return;
        }

        parameters.Add(
            Header(
                Idempotency.Header,
                "Names this request, so that it can be sent again after a lost answer.",
                GatewayLimits.IdempotencyKeyLengthMax
            )
        );
        parameters.Add(Header("If-Match", "An ETag; refused with 412 unless the resource is at this version.", 22));
        parameters.Add(Header("Prefer", "`wait=N`: wait up to N seconds for what follows from the request.", 32));
    }

    /// <summary>For the routes that show one grain.</summary>
    private static void AddAtLeast(IList<IOpenApiParameter> parameters, ApiDescription route)
    {
        if (
            route.HttpMethod == HttpMethods.Get
            && route.RelativePath?.EndsWith("{id}", StringComparison.Ordinal) == true
        )
        {
            parameters.Add(
                Query(
                    Conditional.AtLeastParameter,
                    "A version that the caller saw elsewhere: waited for briefly, or for as long as `Prefer: wait=N` "
                        + "says; 503 when it does not come.",
                    new OpenApiSchema
                    {
                        Type = JsonSchemaType.Integer,
                        Format = "int64",
                        Minimum = "0",
                    }
                )
            );
        }
    }

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = description,
            Schema = schema,
        };

    private static OpenApiParameter Header(string name, string description, int lengthMax) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = lengthMax },
        };

    private static OpenApiSecurityRequirement Needs(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
}
