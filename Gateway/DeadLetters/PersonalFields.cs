using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EcosystemSilo.Gateway.DeadLetters;

/// <summary>
/// Hides what describes a person in an event whose shape nobody here knows: values under telling names, and values that
/// look like an e-mail address or a telephone number under any. What is hidden stays in its place, so that the shape of
/// the event can still be read.
/// </summary>
internal static partial class PersonalFields
{
    public const string Hidden = "•••";

    /// <summary>Found anywhere in a name, in lower case and without separators.</summary>
    private static readonly string[] Telling =
    [
        "address",
        "birth",
        "contactname",
        "email",
        "familyname",
        "firstname",
        "fullname",
        "gender",
        "givenname",
        "iban",
        "lastname",
        "mobile",
        "phone",
        "postal",
        "street",
        "surname",
        "username",
    ];

    private static readonly string[] TellingWhole =
    [
        "city",
        "dob",
        "family",
        "fax",
        "given",
        "ip",
        "latitude",
        "longitude",
        "mail",
        "name",
        "sex",
        "ssn",
        "tel",
        "telecom",
        "zip",
    ];

    /// <summary>A change of a CRM names the property in one field and its value in another.</summary>
    private static readonly string[] NamesOfFields = ["propertyname", "field", "fieldname", "property"];

    private static readonly string[] ValuesOfFields = ["propertyvalue", "value", "newvalue", "oldvalue"];

    /// <summary>It stands in a string of the answer, which escapes it again.</summary>
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Mask(string body)
    {
        using var stream = new MemoryStream();
        using (var document = JsonDocument.Parse(body))
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            Write(writer, document.RootElement, isHidden: false);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, bool isHidden)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                var tellsOfPerson = value.EnumerateObject().Any(NamesPersonalField);
                foreach (var member in value.EnumerateObject())
                {
                    var name = Plain(member.Name);
                    writer.WritePropertyName(member.Name);
                    Write(
                        writer,
                        member.Value,
                        isHidden || IsTelling(name) || (tellsOfPerson && ValuesOfFields.Contains(name))
                    );
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                {
                    Write(writer, element, isHidden);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False:
                value.WriteTo(writer);
                break;
            default:
                if (isHidden || (value.ValueKind == JsonValueKind.String && LooksPersonal(value.GetString()!)))
                {
                    writer.WriteStringValue(Hidden);
                }
                else
                {
                    value.WriteTo(writer);
                }

                break;
        }
    }

    private static bool NamesPersonalField(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.String
        && NamesOfFields.Contains(Plain(member.Name))
        && IsTelling(Plain(member.Value.GetString()!));

    private static bool IsTelling(string name) =>
        TellingWhole.Contains(name) || Telling.Any(word => name.Contains(word, StringComparison.Ordinal));

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static bool LooksPersonal(string text) => EmailAddress.IsMatch(text) || TelephoneNumber.IsMatch(text);

    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.[^\s@]+", RegexOptions.NonBacktracking)]
    private static partial Regex EmailAddress { get; }

    [GeneratedRegex(@"^\s*(?:\+|00)[\d\s().\-/]{7,24}$", RegexOptions.NonBacktracking)]
    private static partial Regex TelephoneNumber { get; }
}
