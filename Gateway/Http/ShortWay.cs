namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// Marks routes that machines call many thousand times a second: they pass by whatever is there for people's browsers
/// and for the logs of single requests.
/// </summary>
public sealed record ShortWay
{
    public static bool IsTakenBy(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ShortWay>() is not null;
}
