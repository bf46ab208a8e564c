using System.Net.Http.Json;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Outbound;
using EcosystemSilo.Tests.Processes;
using EcosystemSilo.Tests.Support;
using Xunit;

namespace EcosystemSilo.Tests.Endpoints;

/// <summary>A real process that is killed while it tells of events tells the rest when it is back.</summary>
[Collection<AloneCollection>]
public sealed class KilledSenderTests(ITestOutputHelper output)
{
    private const int Kills = 3;
    private const int PerLife = 40;

    [Fact]
    public async Task AProcessThatIsKilledWhileItSends_LosesNoneOfTheEvents()
    {
        await using var receiver = new Receiver();
        await using var gateway = new GatewayProcess();
        gateway.Set("Outbound__AllowHttp", "true");
        gateway.Set("Outbound__AllowedNetworks", "127.0.0.0/8");
        await gateway.Start();
        using (var client = gateway.Client())
        {
            using var created = await client.PostAsJsonAsync(
                "/api/acme/endpoints",
                new
                {
                    id = "crm",
                    url = receiver.Url,
                    types = new[] { "partner.registered" },
                },
                TestContext.Current.CancellationToken
            );
            created.EnsureSuccessStatusCode();
        }

        for (var life = 0; life < Kills; life++)
        {
            using (var client = gateway.Client())
            {
                var told = receiver.All.Count;
                var registering = Task.WhenAll(
                    Enumerable.Range(life * PerLife, PerLife).Select(number => client.RegisterPartner($"p-{number}"))
                );
                await Until(() => receiver.All.Count > told, "the first of this life's events");
                await registering;
            }

            await gateway.Kill();
            await gateway.Start();
        }

        await Until(() => Ids(receiver) == Kills * PerLife, "every event");
        output.WriteLine(
            $"{Kills} kills, {Kills * PerLife} events, {receiver.All.Count} requests: "
                + $"{receiver.All.Count - (Kills * PerLife)} sent again under their ids"
        );
    }

    private static int Ids(Receiver receiver) => receiver.All.Select(received => received.Id).Distinct().Count();

    private static Task Until(Func<bool> condition, string awaited) =>
        Awaited.Until(() => Task.FromResult(condition()), awaited);
}
