using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace EcosystemSilo.Gateway.Http;

/// <summary>A request body that knows how to read itself field by field, so that every fault is named.</summary>
public interface IRequest<TSelf>
    where TSelf : IRequest<TSelf>
{
    static abstract TSelf Read(Fields fields);
}

/// <summary>
/// The JSON body of a request, read strictly: one value of bounded size and depth, no duplicate and no unknown fields.
/// An absent body reads as an object without fields, so commands without required fields need none.
/// </summary>
public sealed class Body<TRequest>
    : IBound,
        IBindableFromHttpContext<Body<TRequest>>,
        IEndpointParameterMetadataProvider
    where TRequest : class, IRequest<TRequest>
{
    private readonly TRequest? _request;

    private Body(TRequest? request, BadRequest? fault)
    {
        _request = request;
        Fault = fault;
    }

    public BadRequest? Fault { get; }

    public TRequest Request =>
        _request ?? throw new InvalidOperationException("The body is at fault; its group lacks BoundArguments.");

    public static async ValueTask<Body<TRequest>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var (json, fault) = await BodyBytes.ReadObject(context);
        if (fault is not null)
        {
            return new Body<TRequest>(null, fault);
        }

        var fields = Fields.Of(json);
        var request = TRequest.Read(fields);
        return fields.Finish() is { } wrong ? new Body<TRequest>(null, wrong) : new Body<TRequest>(request, null);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(TRequest), isOptional: true));
}

/// <summary>Reads a bounded body and keeps the digest of its canonical form for the idempotency check.</summary>
public static class BodyBytes
{
    private static readonly object DigestItem = new();

    private static readonly JsonElement NoFields = JsonElement.Parse("{}"u8);

    /// <summary>SHA-256 of the canonical body; that of no bytes when the handler takes none.</summary>
    public static byte[] DigestOf(HttpContext context) => context.Items[DigestItem] as byte[] ?? SHA256.HashData([]);

    internal static async ValueTask<(JsonElement, BadRequest?)> ReadObject(HttpContext context)
    {
        if (await BoundedBody.Read(context, GatewayLimits.RestBodyBytesMax) is not { } bytes)
        {
            var rule = $"A body may have {GatewayLimits.RestBodyBytesMax} bytes.";
            return (NoFields, BadRequest.Because(EdgeCodes.BodyTooLarge, rule));
        }

        if (bytes.Length == 0)
        {
            return (NoFields, null);
        }

        if (!IsJson(context.Request))
        {
            return (
                default,
                BadRequest.Because(
                    EdgeCodes.ContentTypeUnsupported,
                    "Send the body as application/json in UTF-8, without compression.",
                    "Content-Type"
                )
            );
        }

        if (StrictJson.Parse(bytes, out var json) is { } wrong)
        {
            var field = wrong.Path.StartsWith("$.", StringComparison.Ordinal) ? wrong.Path[2..] : null;
            return (default, BadRequest.Because(wrong.Code, wrong.Message, field));
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return (default, BadRequest.Because(EdgeCodes.BodyMalformed, "The body must be a JSON object."));
        }

        context.Items[DigestItem] = CanonicalJson.Digest(json);
        return (json, null);
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (
            type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
        )
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;
}
