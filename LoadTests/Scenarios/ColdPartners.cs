using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>Partners that are in the journal with a snapshot of their newest version, and in nobody's memory.</summary>
internal static class ColdPartners
{
    /// <summary>The format of a partner's state; a snapshot of another one would be passed over.</summary>
    private const int StateShape = 1;
    private const int ToldEvery = 5_000;

    private static readonly EcosystemId Ecosystem = new("acme");
    private static readonly CategoryId Category = new("medical-device");

    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"cold-{number:000000}");

    public static GrainKey Key(int number) => PartnerKey.Of(Ecosystem, new PartnerId(Name(number)));

    /// <summary>Adds partners until there are so many; those that are there already stay as they are.</summary>
    public static async Task Register(GatewayProcess stopped, int count, Action<string> tell)
    {
        await using var silo = await LocalSilo.Open(stopped);
        var done = 0;
        await silo.AskAll(
            "cold",
            count,
            number => (Key(number), new RegisterPartner($"Clinic {number}", Category)),
            async number =>
            {
                var partner = await silo.Read<PartnerView>(Key(number));
                var state = JsonSerializer.SerializeToUtf8Bytes(partner.View, Wire.Options);
                await silo.Journal.SaveSnapshot(
                    new Snapshot(Key(number).ToString(), partner.Version, StateShape, state),
                    CancellationToken.None
                );
                if (Interlocked.Increment(ref done) is var now && now % ToldEvery == 0)
                {
                    tell(string.Create(CultureInfo.InvariantCulture, $"{now:n0} of {count:n0} partners"));
                }
            }
        );
    }
}
