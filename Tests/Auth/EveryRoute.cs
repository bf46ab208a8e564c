using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EcosystemSilo.Tests.Auth;

/// <summary>A route of the gateway as routing knows it, and who may use it by the contract.</summary>
internal sealed record EveryRoute(string Method, string Pattern, EndpointMetadataCollection Metadata)
{
    private static readonly Role[] All = Enum.GetValues<Role>();
    private static readonly Role[] AllButPartner = [.. All.Except([Role.Partner])];
    private static readonly Role[] Makers = [Role.Integration, Role.PartnerManager, Role.EcosystemAdmin];
    private static readonly Role[] DealMakers = [Role.Partner, .. Makers];
    private static readonly Role[] DealWorkers = [Role.Partner, Role.PartnerManager, Role.EcosystemAdmin];
    private static readonly Role[] Managers = [Role.PartnerManager, Role.EcosystemAdmin];
    private static readonly Role[] Admins = [Role.EcosystemAdmin];

    /// <summary>Routes that need no credentials, each for a reason of its own.</summary>
    private static readonly string[] Open =
    [
        "GET /health/live",
        "GET /health/ready",
        // By a key of its own, or from the process's machine.
        "GET /metrics",
        "GET /openapi/{documentName}.json",
        "GET /docs",
        "GET /docs/start.js",
        "GET /docs/reference.js",
        "POST /api/session",
        // Only in Development.
        "POST /dev/token",
        // Shown by a signature instead.
        "POST /hooks/{ecosystem}/{source}",
        "POST /hooks/{ecosystem}/{source}/{token}",
        // Asked by senders before they deliver; answered without an effect.
        "GET /hooks/{ecosystem}/{source}",
        "HEAD /hooks/{ecosystem}/{source}",
        "OPTIONS /hooks/{ecosystem}/{source}",
        "GET /hooks/{ecosystem}/{source}/{token}",
        "HEAD /hooks/{ecosystem}/{source}/{token}",
        "OPTIONS /hooks/{ecosystem}/{source}/{token}",
    ];

    public bool IsOpen => Open.Contains(ToString());

    public bool AllowsAnonymous => Metadata.OfType<IAllowAnonymous>().Any();

    public bool HasEcosystem => Pattern.Contains($"{{{AccessCheck.RouteParameter}}}");

    /// <summary>Whether it can be asked with a plain request; a hub's own protocol is tested with the hub.</summary>
    public bool IsRest => Pattern.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>The roles that the contract lets use it, written independently of <see cref="Policies"/>.</summary>
    public Role[] Allowed =>
        ToString() switch
        {
            var route when route.Contains("/{ecosystem}/keys") => Admins,
            var route when route.Contains("/{ecosystem}/operations") => Admins,
            // Of the installation: whatever the role, credentials of one ecosystem do not do.
            var route when route.Contains("/api/operations") => [],
            "POST /api/{ecosystem}/partners" or "POST /api/{ecosystem}/sources" => Makers,
            "POST /api/{ecosystem}/programs" or "POST /api/{ecosystem}/templates/{id}/start" => Makers,
            "POST /api/{ecosystem}/programs/{id}/invitations" => DealWorkers,
            "POST /api/{ecosystem}/programs/{id}/invitations/{invitation}/revoke" => DealWorkers,
            "POST /api/{ecosystem}/programs/{id}/enrolments" => DealMakers,
            "POST /api/{ecosystem}/programs/{id}/enrolments/{person}/withdraw" => DealMakers,
            "GET /api/{ecosystem}/programs/{id}/enrolments" => DealMakers,
            "GET /api/{ecosystem}/programs/{id}/enrolments/{person}" => DealMakers,
            "GET /api/{ecosystem}/programs/{id}/outcomes" => DealWorkers,
            "GET /api/{ecosystem}/partners/{id}/outcomes" => DealWorkers,
            "POST /api/{ecosystem}/endpoints" => Makers,
            "POST /api/{ecosystem}/people" => Makers,
            "POST /api/{ecosystem}/people/{id}/consents" => Makers,
            "POST /api/{ecosystem}/people/{id}/consents/withdraw" => Makers,
            "POST /api/{ecosystem}/people/{id}/erase" => Admins,
            var route when route.StartsWith("GET /api/{ecosystem}/people/{id}", StringComparison.Ordinal) => DealMakers,
            "POST /api/{ecosystem}/people/{id}/streams" => Makers,
            var route when route.StartsWith("POST /api/{ecosystem}/streams/{id}/", StringComparison.Ordinal) => Makers,
            "GET /api/{ecosystem}/streams/{id}/timeline" => AllButPartner,
            var route when route.StartsWith("GET /api/{ecosystem}/streams", StringComparison.Ordinal) => DealMakers,
            "POST /api/{ecosystem}/deals" => DealMakers,
            "POST /api/{ecosystem}/deals/{id}/withdraw" or "POST /api/{ecosystem}/deals/{id}/resubmit" => DealWorkers,
            var route
                when route.StartsWith("GET /api/{ecosystem}/sources", StringComparison.Ordinal)
                    || route.StartsWith("GET /api/{ecosystem}/endpoints", StringComparison.Ordinal)
                    || route.StartsWith("GET /api/{ecosystem}/schemes", StringComparison.Ordinal)
                    || route.StartsWith("GET /api/{ecosystem}/dead-letters", StringComparison.Ordinal) => AllButPartner,
            var route when route.StartsWith("GET ", StringComparison.Ordinal) => All,
            "DELETE /api/session" => All,
            _ => Managers,
        };

    public static IReadOnlyList<EveryRoute> Of(EndpointDataSource endpoints) =>
        [
            .. from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            select new EveryRoute(method, "/" + (endpoint.RoutePattern.RawText ?? "").Trim('/'), endpoint.Metadata),
        ];

    /// <summary>An address of the route in an ecosystem; ids that nothing has.</summary>
    public string Address(string ecosystem) =>
        string.Join(
            '/',
            Pattern
                .Split('/')
                .Select(part =>
                    part == $"{{{AccessCheck.RouteParameter}}}" ? ecosystem
                    : part.StartsWith('{') ? "nothing"
                    : part
                )
        );

    public override string ToString() => $"{Method} {Pattern}";
}
