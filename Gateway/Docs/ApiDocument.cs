using EcosystemSilo.Gateway.Auth;
using Microsoft.OpenApi;

namespace EcosystemSilo.Gateway.Docs;

/// <summary>
/// The API document, OpenAPI 3.1, at <c>/openapi/v1.json</c>: from the routes, their types and their docstrings.
/// </summary>
public static class ApiDocument
{
    private const string Name = "v1";

    public static void AddApiDocument(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi(
            Name,
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.AddSchemaTransformer(SchemaNotes.Apply);
                options.AddOperationTransformer(OperationNotes.Apply);
                options.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        Describe(document);
                        SchemaNotes.ForbidNulls(document);
                        return Task.CompletedTask;
                    }
                );
            }
        );

    public static void MapApiDocument(this WebApplication app) =>
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "EcosystemSilo",
            Version = Name,
            Description =
                "Partners, deals, webhooks and live boards of partner ecosystems. Errors are problem details "
                + "(RFC 9457) with a stable `code`. A POST may be repeated safely under the same `Idempotency-Key`: "
                + "it takes effect once and answers as it did the first time.",
        };
        // The address that the document was asked at says nothing about where the reader's gateway is.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["apiKey"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyAuthentication.Header,
                Description = "A key from `POST /api/{ecosystem}/keys`, or the bootstrap key.",
            },
            ["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token of the configured OIDC authority.",
            },
            ["session"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = SessionCookie.Name,
                Description =
                    $"The portal's session; requests that change something also send `{SessionCookie.PortalHeader}: "
                    + $"{SessionCookie.PortalValue}`.",
            },
        };
    }
}
