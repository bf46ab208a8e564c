using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using Microsoft.AspNetCore.StaticFiles;

namespace EcosystemSilo.Gateway.Pages;

/// <summary>Serves the portal at every address that no route of the API has.</summary>
public static class PortalPages
{
    /// <summary>First parts of addresses that are never a page; an unknown one below them stays a problem.</summary>
    private static readonly PathString[] Reserved =
    [
        "/api",
        "/hooks",
        "/hubs",
        "/dev",
        "/docs",
        "/openapi",
        "/health",
        "/operations/orleans",
    ];

    /// <summary>
    /// Scripts, styles, pictures and connections from here only. Inline styles are how the component library sets its
    /// variables; inline scripts are refused.
    /// </summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; font-src 'self'; "
        + "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>Comes after the API's middleware: what routing has found an endpoint for is not a page.</summary>
    public static void UsePortal(this WebApplication app)
    {
        var files = new PortalFiles(FindRoot(app.Environment));
        app.Use((context, next) => IsPage(context) ? Send(context, files) : next(context));
    }

    /// <summary>In the project while developing; beside the executable where it was built or published to.</summary>
    private static string FindRoot(IWebHostEnvironment environment)
    {
        var project = Path.Combine(environment.ContentRootPath, "wwwroot");
        return File.Exists(Path.Combine(project, "index.html"))
            ? project
            : Path.Combine(AppContext.BaseDirectory, "wwwroot");
    }

    private static bool IsPage(HttpContext context) =>
        context.GetEndpoint() is null
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && !Array.Exists(Reserved, prefix => context.Request.Path.StartsWithSegments(prefix, StringComparison.Ordinal));

    private static Task Send(HttpContext context, PortalFiles files)
    {
        if (!files.Built)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Results.Text(PortalMissing.Html, "text/html; charset=utf-8", statusCode: 503).ExecuteAsync(context);
        }

        var path = context.Request.Path.Value ?? "/";
        if (files.Find(path, context.Request.Headers.AcceptEncoding.ToString()) is not { } file)
        {
            return Problems.Write(context, new Refusal(EdgeCodes.RouteUnknown, "There is no such file."));
        }

        var headers = context.Response.Headers;
        headers.CacheControl = file.Immutable ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = "Accept-Encoding";
        headers.ContentSecurityPolicy = ContentPolicy;
        if (file.Coding is { } coding)
        {
            headers.ContentEncoding = coding;
        }

        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(file.Path));
        return Results.File(file.Path, ContentTypeOf(file.Name), lastModified: written).ExecuteAsync(context);
    }

    private static string ContentTypeOf(string name) =>
        name.EndsWith(".html", StringComparison.Ordinal) ? "text/html; charset=utf-8"
        : ContentTypes.TryGetContentType(name, out var type) ? type
        : "application/octet-stream";
}
