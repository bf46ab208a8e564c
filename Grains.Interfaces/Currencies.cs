using System.Collections.Frozen;
using System.Text.Json;

namespace EcosystemSilo.Grains.Interfaces;

/// <summary>
/// The currencies of ISO 4217 and the decimals of their minor units: 0 for JPY, 2 for USD, 3 for KWD. What ISO gives no
/// minor unit (metals, test codes) is none. <c>Currencies.json</c> is the table, for server and portal alike.
/// </summary>
public static class Currencies
{
    /// <summary>Of amounts that were stored in a currency that the table no longer has.</summary>
    private const int DecimalsDefault = 2;

    private static readonly FrozenDictionary<string, int> DecimalsByCode = Load();

    public static bool Has(string code) => DecimalsByCode.ContainsKey(code);

    public static int Decimals(string code) => DecimalsByCode.GetValueOrDefault(code, DecimalsDefault);

    /// <summary>How many minor units are one major unit: 1, 100, 1,000 or 10,000.</summary>
    public static long MinorUnits(string code)
    {
        var units = 1L;
        for (var left = Decimals(code); left > 0; left--)
        {
            units *= 10;
        }

        return units;
    }

    private static FrozenDictionary<string, int> Load()
    {
        using var file = typeof(Currencies).Assembly.GetManifestResourceStream("Currencies.json")!;
        using var table = JsonDocument.Parse(file);
        return table
            .RootElement.EnumerateObject()
            .ToFrozenDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
    }
}
