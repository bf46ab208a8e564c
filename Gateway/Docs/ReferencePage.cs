using System.IO.Compression;
using System.Reflection;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Gateway.Docs;

/// <summary>
/// The reference of the API for people, at <c>/docs</c>: one page, one script that the build fetched, no other host.
/// </summary>
public static class ReferencePage
{
    /// <summary>
    /// The reference carries its icons and fonts as data; apart from that it may do what the portal may.
    /// </summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string ScriptPath = Path.Combine(AppContext.BaseDirectory, "reference", "reference.js");

    /// <summary>4 MB of script are 1.3 MB compressed; done once, when somebody first reads the reference.</summary>
    private static readonly Lazy<byte[]?> Script = new(Compress);

    public static void MapReferencePage(this WebApplication app)
    {
        var docs = app.MapGroup("/docs").AllowAnonymous().ExcludeFromDescription();
        docs.MapGet("/", (HttpContext context) => Page(context));
        docs.MapGet("/start.js", () => Resource("ReferenceStart.js", "text/javascript"));
        docs.MapGet("/reference.js", (HttpContext context) => SendScript(context));
    }

    private static IResult Page(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        return Resource("ReferencePage.html", "text/html");
    }

    private static IResult SendScript(HttpContext context)
    {
        if (Script.Value is not { } script)
        {
            return Problems.Result(
                new Refusal(EdgeCodes.RouteUnknown, "The build had no npm to fetch the reference's script with.")
            );
        }

        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return Results.File(ScriptPath, "text/javascript");
        }

        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.Headers.Vary = "Accept-Encoding";
        context.Response.Headers.CacheControl = "max-age=3600";
        return Results.Bytes(script, "text/javascript");
    }

    private static byte[]? Compress()
    {
        if (!File.Exists(ScriptPath))
        {
            return null;
        }

        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        using (var file = File.OpenRead(ScriptPath))
        {
            file.CopyTo(gzip);
        }

        return compressed.ToArray();
    }

    private static IResult Resource(string name, string type)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var stream =
            assembly.GetManifestResourceStream($"EcosystemSilo.Gateway.Docs.{name}")
            ?? throw new InvalidOperationException($"The build left out {name}.");
        return Results.Stream(stream, $"{type}; charset=utf-8");
    }
}
