using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo.Outbound;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Tests.Notifications;

/// <summary>A silo that tells endpoints what happens, and the short words of its tests.</summary>
internal static class OutboundSilo
{
    public static Task<TestSilo> Start(MemoryDisk disk, ICarrier carrier, int waitingMax = 1_000) =>
        Start(new MemoryJournal(disk, TimeProvider.System), carrier, waitingMax);

    public static Task<TestSilo> Start(IJournal journal, ICarrier carrier, int waitingMax = 1_000) =>
        TestSilo.Start(journal: journal, change: services => services.AddSingleton(carrier).AddOutbound(waitingMax));

    public static Task Create(
        this TestSilo silo,
        string endpoint,
        string? partner = null,
        SendOrder order = SendOrder.Unordered,
        int? perSecond = null,
        params string[] types
    ) =>
        silo.Accept(
            Endpoint(endpoint),
            new CreateEndpoint(
                new EndpointSettings(
                    $"https://{endpoint}.example.org/",
                    Description: null,
                    types,
                    partner is null ? null : new PartnerId(partner),
                    order,
                    perSecond
                ),
                new SealedSecret("c2VhbGVk", "abcd", Story.Morning)
            )
        );

    public static GrainKey Endpoint(string id) => EndpointKey.Of(TestSilo.Acme, new EndpointId(id));

    public static GrainKey Deal(string id) => DealKey.Of(TestSilo.Acme, new DealId(id));

    public static Task Register(this TestSilo silo, string deal, string partner = "p-1") =>
        silo.Accept(
            Deal(deal),
            new RegisterDeal(new PartnerId(partner), new Customer(deal, $"{deal}.org"), new ProductId("enterprise"))
        );

    public static Task Change(this TestSilo silo, string deal, long amount) =>
        silo.Accept(Deal(deal), new ChangeDealAmount(new Money(amount, "USD")));

    public static Task Until(Func<bool> condition, string awaited) =>
        Awaited.Until(() => Task.FromResult(condition()), awaited);
}
