using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>
/// What a scalar means under the core schema of YAML 1.2 (section 10.3.2), so that <c>no</c> is text and <c>1.0</c> a
/// number. Whole numbers are read in plain decimal only: 0x1F, 007 and +5 count as numbers that are not integers.
/// </summary>
internal static partial class YamlText
{
    public const string Text = "string";
    public const string Integer = "integer";
    public const string Number = "number";
    public const string Boolean = "boolean";
    public const string Null = "null";

    /// <summary>The JSON schema type of the scalar.</summary>
    public static string TypeOf(YamlScalarNode scalar)
    {
        var value = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
        {
            return Text;
        }

        return value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => Null,
            "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => Boolean,
            _ when IntegerForm().IsMatch(value) && TryInteger(value, out _) => Integer,
            _ when NumberForm().IsMatch(value) => Number,
            _ => Text,
        };
    }

    public static long IntegerOf(YamlScalarNode scalar) =>
        TryInteger(scalar.Value!, out var value)
            ? value
            : throw new InvalidOperationException($"{Quote.Text(scalar.Value!)} is no integer.");

    public static bool BooleanOf(YamlScalarNode scalar) =>
        string.Equals(scalar.Value, "true", StringComparison.OrdinalIgnoreCase);

    private static bool TryInteger(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    [GeneratedRegex("^-?(0|[1-9][0-9]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(
        @"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex NumberForm();
}
