using System.Collections.Frozen;

namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>A unit that a sender uses for a measure.</summary>
/// <param name="Number">Stored inside blocks of samples, so it never changes.</param>
/// <param name="Code">Its UCUM code.</param>
/// <param name="Factor">Canonical value = (value - <paramref name="Zero"/>) x factor.</param>
public sealed record Unit(byte Number, string Code, double Factor, double Zero = 0)
{
    public double ToCanonical(double value) => (value - Zero) * Factor;
}

/// <summary>
/// Units as senders write them. What was sent is stored as it was sent; the canonical value is computed from it when it
/// is read, so that a conversion that turns out wrong spoils nothing.
/// </summary>
public static class Units
{
    /// <summary>
    /// Milligrams of glucose in a decilitre for a millimole in a litre: its molar mass divided by ten.
    /// </summary>
    private const double GlucosePerMillimole = 18.0156;

    private const double KilocaloriesPerKilojoule = 1 / 4.184;

    private static readonly Unit PerMinute = new(1, "/min", 1);
    private static readonly Unit PerSecond = new(2, "/s", 60);
    private static readonly Unit Milliseconds = new(3, "ms", 1);
    private static readonly Unit SecondsOfVariability = new(4, "s", 1_000);
    private static readonly Unit StepCount = new(5, "{steps}", 1);
    private static readonly Unit Metres = new(6, "m", 1);
    private static readonly Unit Kilometres = new(7, "km", 1_000);
    private static readonly Unit Centimetres = new(8, "cm", 0.01);
    private static readonly Unit Miles = new(9, "[mi_i]", 1_609.344);
    private static readonly Unit Feet = new(10, "[ft_i]", 0.3048);
    private static readonly Unit Yards = new(11, "[yd_i]", 0.9144);
    private static readonly Unit Kilocalories = new(12, "kcal", 1);
    private static readonly Unit Kilojoules = new(13, "kJ", KilocaloriesPerKilojoule);
    private static readonly Unit Joules = new(14, "J", KilocaloriesPerKilojoule / 1_000);
    private static readonly Unit Calories = new(15, "cal", 0.001);
    private static readonly Unit Minutes = new(16, "min", 1);
    private static readonly Unit Seconds = new(17, "s", 1.0 / 60);
    private static readonly Unit Hours = new(18, "h", 60);
    private static readonly Unit MillisecondsOfTime = new(19, "ms", 1.0 / 60_000);
    private static readonly Unit Percent = new(20, "%", 1);
    private static readonly Unit Fraction = new(21, "1", 100);
    private static readonly Unit Celsius = new(22, "Cel", 1);
    private static readonly Unit Fahrenheit = new(23, "[degF]", 5.0 / 9, Zero: 32);
    private static readonly Unit MillimetresOfMercury = new(24, "mm[Hg]", 1);
    private static readonly Unit Kilopascals = new(25, "kPa", 7.500617);
    private static readonly Unit MilligramsPerDecilitre = new(26, "mg/dL", 1);
    private static readonly Unit MillimolesPerLitre = new(27, "mmol/L", GlucosePerMillimole);
    private static readonly Unit Kilograms = new(28, "kg", 1);
    private static readonly Unit Grams = new(29, "g", 0.001);
    private static readonly Unit Pounds = new(30, "[lb_av]", 0.45359237);
    private static readonly Unit Stones = new(31, "[stone_av]", 6.35029318);
    private static readonly Unit Kelvin = new(32, "K", 1, Zero: 273.15);
    private static readonly Unit Millimetres = new(33, "mm", 0.001);

    private static readonly Dictionary<string, Unit> Rates = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/min"] = PerMinute,
        ["count/min"] = PerMinute,
        ["beats/min"] = PerMinute,
        ["breaths/min"] = PerMinute,
        ["{beats}/min"] = PerMinute,
        ["{breaths}/min"] = PerMinute,
        ["beats/minute"] = PerMinute,
        ["breaths/minute"] = PerMinute,
        ["1/min"] = PerMinute,
        ["bpm"] = PerMinute,
        ["/s"] = PerSecond,
        ["count/s"] = PerSecond,
        ["Hz"] = PerSecond,
    };

    private static readonly Dictionary<string, Unit> Durations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["min"] = Minutes,
        ["s"] = Seconds,
        ["sec"] = Seconds,
        ["h"] = Hours,
        ["hr"] = Hours,
        ["hours"] = Hours,
        ["minutes"] = Minutes,
        ["seconds"] = Seconds,
        ["ms"] = MillisecondsOfTime,
    };

    private static readonly Dictionary<string, Unit> Shares = new(StringComparer.OrdinalIgnoreCase)
    {
        ["%"] = Percent,
        ["1"] = Fraction,
    };

    private static readonly FrozenDictionary<Measure, IReadOnlyDictionary<string, Unit>> ByMeasure = new Dictionary<
        Measure,
        IReadOnlyDictionary<string, Unit>
    >
    {
        [Measure.HeartRate] = Rates,
        [Measure.RestingHeartRate] = Rates,
        [Measure.RespiratoryRate] = Rates,
        [Measure.HeartRateVariability] = Table(("ms", Milliseconds), ("s", SecondsOfVariability)),
        [Measure.Steps] = Table(("{steps}", StepCount), ("steps", StepCount), ("count", StepCount), ("1", StepCount)),
        [Measure.Distance] = Table(
            ("m", Metres),
            ("km", Kilometres),
            ("cm", Centimetres),
            ("mm", Millimetres),
            ("mi", Miles),
            ("[mi_i]", Miles),
            ("ft", Feet),
            ("[ft_i]", Feet),
            ("yd", Yards),
            ("[yd_i]", Yards)
        ),
        [Measure.ActiveEnergy] = new Dictionary<string, Unit>(StringComparer.Ordinal)
        {
            ["kcal"] = Kilocalories,
            // A capital C is the food calorie, which is the kilocalorie.
            ["Cal"] = Kilocalories,
            ["cal"] = Calories,
            ["kJ"] = Kilojoules,
            ["J"] = Joules,
        },
        [Measure.Activity] = Durations,
        [Measure.Sleep] = Durations,
        [Measure.OxygenSaturation] = Shares,
        [Measure.BodyFat] = Shares,
        [Measure.SkinTemperature] = Table(
            ("Cel", Celsius),
            ("degC", Celsius),
            ("°C", Celsius),
            ("C", Celsius),
            ("[degF]", Fahrenheit),
            ("degF", Fahrenheit),
            ("°F", Fahrenheit),
            ("F", Fahrenheit),
            ("K", Kelvin)
        ),
        [Measure.BloodPressure] = Table(
            ("mm[Hg]", MillimetresOfMercury),
            ("mmHg", MillimetresOfMercury),
            ("mm Hg", MillimetresOfMercury),
            ("kPa", Kilopascals)
        ),
        [Measure.Glucose] = Table(
            ("mg/dL", MilligramsPerDecilitre),
            ("mmol/L", MillimolesPerLitre),
            ("mmol<180.1558800000541>/L", MillimolesPerLitre)
        ),
        [Measure.Weight] = Table(
            ("kg", Kilograms),
            ("g", Grams),
            ("lb", Pounds),
            ("lbs", Pounds),
            ("[lb_av]", Pounds),
            ("st", Stones),
            ("[stone_av]", Stones)
        ),
    }.ToFrozenDictionary();

    private static readonly Unit[] ByNumber =
    [
        .. ByMeasure.Values.SelectMany(table => table.Values).Distinct().OrderBy(unit => unit.Number),
    ];

    /// <summary>The unit that a sender's text means for a measure; null when it means none.</summary>
    public static Unit? Find(Measure measure, string text) => ByMeasure[measure].GetValueOrDefault(text.Trim());

    public static Unit Of(byte number) =>
        Array.Find(ByNumber, unit => unit.Number == number)
        ?? throw new InvalidOperationException($"There is no unit of number {number}.");

    private static Dictionary<string, Unit> Table(params (string Text, Unit Unit)[] units) =>
        units.ToDictionary(pair => pair.Text, pair => pair.Unit, StringComparer.OrdinalIgnoreCase);
}
