namespace EcosystemSilo.Gateway.Auth;

/// <summary>The portal's session: a cookie that scripts cannot read and other sites cannot use.</summary>
public static class SessionCookie
{
    public const string PortalHeader = "X-Requested-With";
    public const string PortalValue = "portal";

    /// <summary>
    /// Whether a request that changes something came with the cookie but without the portal's header, which a form or
    /// a script of another site cannot send. SameSite=Strict already stops them; this holds where a browser does not.
    /// </summary>
    public static bool IsForged(HttpContext context) =>
        context.User.Identity?.AuthenticationType == Schemes.Session
        && !HttpMethods.IsGet(context.Request.Method)
        && !HttpMethods.IsHead(context.Request.Method)
        && context.Request.Headers[PortalHeader] != PortalValue;
}
