using System.Net;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Outbound;
using EcosystemSilo.Senders.Secrets;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace EcosystemSilo.Tests.Outbound;

/// <summary>A carrier by itself, with one endpoint.</summary>
internal sealed class Carriers : IDisposable
{
    public static readonly GrainKey Endpoint = EndpointKey.Of(TestSilo.Acme, new EndpointId("crm"));
    private readonly HttpCarrier _carrier;

    private Carriers(HttpCarrier carrier, SigningSecrets secrets) => (_carrier, Secrets) = (carrier, secrets);

    public SigningSecrets Secrets { get; }

    public static Carriers Of(string allowed = "127.0.0.0/8", ResolveHost? resolve = null, TimeSpan? timeout = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?> { [MasterKey.Setting] = Convert.ToBase64String(new byte[32]) }
            )
            .Build();
        var secrets = new SigningSecrets(
            new SecretBox(new MasterKey(configuration, new DataFolder(configuration))),
            TimeProvider.System
        );
        var options = new OutboundOptions
        {
            AllowHttp = true,
            AllowedNetworks = allowed,
            Timeout = timeout ?? TimeSpan.FromSeconds(15),
        };
        var dialer = new GuardedDialer(resolve ?? Dns.GetHostAddressesAsync, options.Networks());
        return new Carriers(new HttpCarrier(options, dialer, secrets, TimeProvider.System), secrets);
    }

    public Task<Attempt> Post(string url, string body = "{}", params SealedSecret[] secrets) =>
        _carrier.Carry(
            Endpoint,
            new EndpointView(
                new EndpointSettings(url, null, [], null, SendOrder.Unordered, PerSecond: null),
                secrets.Length > 0 ? secrets : [Secrets.Make(SignatureKind.Hmac, Endpoint)],
                EndpointStatus.Active,
                Reason: null,
                DisabledAt: null,
                FailingSince: null,
                CatchingUpSince: null
            ),
            new NotificationView(
                new EndpointId("crm"),
                new PublishedEventId("evt-7"),
                "deal.won",
                Lane: null,
                body,
                NotificationStatus.Pending,
                Story.Morning,
                Story.Morning,
                Round: 0,
                Attempts: 0,
                Log: []
            ),
            TestContext.Current.CancellationToken
        );

    public void Dispose() => _carrier.Dispose();
}
