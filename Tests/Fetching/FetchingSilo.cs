using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Fetching;
using EcosystemSilo.Senders.Outbound;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;
using EcosystemSilo.Silo.Fetching;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Tests.Fetching;

/// <summary>A silo that fetches, and one person's stream of a source whose sender is a server of the test.</summary>
internal sealed class FetchingSilo : IAsyncDisposable
{
    private static readonly SourceId Source = new("ring");
    private static readonly string MasterKey = Convert.ToBase64String(new byte[32]);

    private readonly ShiftedClock _clock;
    private readonly TestSilo _silo;

    private FetchingSilo(TestSilo silo, ShiftedClock clock) => (_silo, _clock) = (silo, clock);

    public static GrainKey Stream { get; } = WearableStreamKey.Of(TestSilo.Acme, new PersonId("person-1"), Source);

    public TestSilo Silo => _silo;

    public static async Task<FetchingSilo> Start(
        string? file = null,
        ShiftedClock? clock = null,
        bool othersAllowed = true,
        string networks = VendorServer.Network
    )
    {
        clock ??= new ShiftedClock();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Secrets:MasterKey"] = MasterKey,
                    ["Fetching:AllowOtherAddresses"] = $"{othersAllowed}",
                    ["Outbound:AllowedNetworks"] = networks,
                }
            )
            .Build();
        var silo = await TestSilo.Start(
            file,
            clock,
            change: services =>
            {
                services.AddSingleton(new SecretBox(new MasterKey(configuration, data: null!)));
                services.AddSingleton<SourceSecrets>();
                services.Configure<OutboundOptions>(configuration.GetSection(OutboundOptions.Section)).AddDialer();
                services.AddFetching(configuration);
                services.AddFetchReader();
            }
        );
        return new FetchingSilo(silo, clock);
    }

    /// <summary>A silo with a stream that may flow, of which the sender knows the token <c>first</c>.</summary>
    public static async Task<FetchingSilo> Start(
        string scheme,
        VendorServer server,
        string? file = null,
        bool othersAllowed = true,
        string networks = VendorServer.Network
    )
    {
        var started = await Start(file, othersAllowed: othersAllowed, networks: networks);
        await started.Connect(scheme, server.Address, Source);
        return started;
    }

    public Task<long> Ask(ICommand command) => _silo.Accept(Stream, command);

    public Task<WearableStreamView> Until(Func<WearableStreamView, bool> condition, string awaited) =>
        _silo.Until(Stream, condition, awaited);

    public void Move(TimeSpan by) => _clock.Move(by);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    /// <summary>Makes a source, and a stream of it that may flow, of which the sender knows <c>first</c>.</summary>
    public async Task<GrainKey> Connect(string scheme, string address, SourceId id)
    {
        var secrets = _silo.Services.GetRequiredService<SourceSecrets>();
        var known = WebhookSchemes.Find(scheme)!;
        var source = SourceKey.Of(TestSilo.Acme, id);
        var stream = WearableStreamKey.Of(TestSilo.Acme, new PersonId("person-1"), id);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["apiClientId"] = "our-id",
            ["apiClientSecret"] = "our-secret",
            ["apiAddress"] = address,
        };
        await _silo.Accept(
            source,
            new CreateSource(
                "A ring",
                scheme,
                new SourceMapping(),
                secrets.Make(known, source, chosen: null),
                secrets.Seal(known, source, settings)
            )
        );
        await _silo.Accept(stream, new OpenStream("o1", Purpose.Coaching));
        await _silo.Accept(stream, new FollowConsent(IsAllowed: true, Serial: 1));
        var box = _silo.Services.GetRequiredService<TokenBox>();
        var tokens = new VendorTokens("first", "refresh-1", ExpiresAt: null);
        await _silo.Accept(stream, new AuthoriseStream(box.Seal(stream, tokens)));
        return stream;
    }
}
