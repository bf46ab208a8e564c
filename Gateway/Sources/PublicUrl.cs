using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Schemes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EcosystemSilo.Gateway.Sources;

/// <summary>
/// The address under which senders reach this service: <c>Gateway__PublicUrl</c> behind a proxy, else the first
/// address it listens on. Some senders sign it, so it must be what they use.
/// </summary>
public sealed class PublicUrl(IConfiguration configuration, IServer server)
{
    public const string Setting = "Gateway:PublicUrl";

    /// <summary>Read once: every delivery asks for it.</summary>
    private readonly string? _configured = configuration[Setting] is { Length: > 0 } configured
        ? configured.TrimEnd('/')
        : null;

    public string Root
    {
        get
        {
            var address =
                _configured
                ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
                ?? "http://localhost:5080";
            return address.TrimEnd('/');
        }
    }

    public string OfSource(GrainKey source) => $"{Root}/hooks/{source.Ecosystem}/{source.Id}";

    /// <summary>The address as the sender uses it: for some schemes the secret is the last part of it.</summary>
    /// <param name="secret">Null where it may not be shown.</param>
    public string OfSource(GrainKey source, string scheme, string? secret) =>
        WebhookSchemes.Find(scheme)?.Facts.Secret == SecretOrigin.Address
            ? $"{OfSource(source)}/{secret ?? "(secret)"}"
            : OfSource(source);

    /// <summary>
    /// The URL that the sender of this request was told to use. What the request says of its host is not taken: whoever
    /// sends it chose that.
    /// </summary>
    public string Of(HttpRequest request) => $"{Root}{request.Path}{request.QueryString}";
}
