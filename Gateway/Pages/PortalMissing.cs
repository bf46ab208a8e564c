namespace EcosystemSilo.Gateway.Pages;

/// <summary>What is shown in place of a portal that was not built.</summary>
internal static class PortalMissing
{
    public const string Html = """
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>The portal is not built</title>
          </head>
          <body>
            <h1>The gateway is running; the portal is not built</h1>
            <p>Install Node.js 20.19 or newer with npm, then build the gateway again without SkipPortal.</p>
            <p>The API works without it: see <a href="/docs">its reference</a>.</p>
          </body>
        </html>
        """;
}
