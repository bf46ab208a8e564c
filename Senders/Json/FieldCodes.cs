namespace EcosystemSilo.Senders.Json;

/// <summary>The codes of what is wrong with a field, in a request as in a webhook's event.</summary>
public static class FieldCodes
{
    public const string FieldMissing = "request.field-missing";
    public const string FieldUnknown = "request.field-unknown";
    public const string FieldInvalid = "request.field-invalid";
    public const string FieldTooLong = "request.field-too-long";
    public const string TextNotClean = "request.text-not-clean";
    public const string MoneyFraction = "money.fraction";
    public const string MoneyInvalid = "money.invalid";
}
