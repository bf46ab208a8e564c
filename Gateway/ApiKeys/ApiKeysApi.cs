using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Lists;
using Microsoft.AspNetCore.Mvc;

namespace EcosystemSilo.Gateway.ApiKeys;

/// <summary>API keys over REST: issue, list, revoke; for ecosystem-admins.</summary>
public static class ApiKeysApi
{
    public static void MapApiKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("API keys").RequireAuthorization(Policies.Administer);
        keys.MapPost("/", Issue).Makes<IssuedKeyResponse>("IssueKey");
        keys.MapGet("/", List).Shows<ListResponse<ApiKeyResponse>>("ListKeys");
        keys.MapPost("/{id}/revoke", Revoke).Changes<ApiKeyResponse>("RevokeKey");
    }

    /// <summary>Issues a key. Its text is shown once: in this answer, and in no repeat of it.</summary>
    internal static Task<IResult> Issue(Body<IssueKeyRequest> body, Exchange exchange)
    {
        var text = ApiKeyText.Create(exchange.Ecosystem, exchange.NewId<ApiKeyId>("k"));
        return exchange.Create<ApiKeyView>(
            ApiKeyKey.Of(exchange.Ecosystem, text.Id),
            body.Request.ToCommand(text),
            (key, issued) =>
            {
                // A repeat made another secret, which is not the one that was stored.
                var shown = issued.View.Hash == text.Hash ? $"{text.Prefix}_{text.Secret}" : null;
                return ValueTask.FromResult<object>(new IssuedKeyResponse(ApiKeyResponse.Of(key.Id, issued), shown));
            }
        );
    }

    /// <summary>All keys of the ecosystem, the newest first.</summary>
    internal static IResult List(Exchange exchange, Paging paging, [FromServices] IApiKeyList keys) =>
        Results.Ok(paging.Answer(keys.Find(exchange.Ecosystem, paging.Request), ApiKeyResponse.Of));

    /// <summary>Revokes a key for good; it is refused from its next request on.</summary>
    internal static Task<IResult> Revoke(ApiKeyId id, Exchange exchange) =>
        exchange.Change<ApiKeyView>(
            ApiKeyKey.Of(exchange.Ecosystem, id),
            new RevokeApiKey(),
            (key, revoked) => ValueTask.FromResult<object>(ApiKeyResponse.Of(key.Id, revoked))
        );
}
