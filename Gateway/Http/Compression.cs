using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// Compresses the answers of routes that ask for it, and no others. Compression tells by the length of an answer how
/// much of it repeats (BREACH), so whatever shows a secret, such as a new API key, stays as it is. Boards and lists are
/// large, hold no secret, and are read with credentials that no other site can make a browser send.
/// </summary>
public static class Compression
{
    public static IServiceCollection AddCompression(this IServiceCollection services)
    {
        // A board of 2,000 cards shrinks tenfold at the fastest level; the next one takes several times as long.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        return services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json"];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
    }

    public static void UseCompression(this WebApplication app) =>
        app.UseWhen(
            context => context.GetEndpoint()?.Metadata.GetMetadata<IsCompressed>() is not null,
            compressed => compressed.UseResponseCompression()
        );

    /// <summary>Only for what shows no secret.</summary>
    public static RouteHandlerBuilder Compressed(this RouteHandlerBuilder route) =>
        route.WithMetadata(new IsCompressed());

    private sealed record IsCompressed;
}
