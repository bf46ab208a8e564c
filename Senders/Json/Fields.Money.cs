using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Senders.Json;

/// <summary>Amounts of money, whose faults have codes of their own.</summary>
public sealed partial class Fields
{
    /// <summary>An amount in whole minor units, zero or more, of an ISO 4217 currency.</summary>
    public Money Money(string name) => ReadMoney(name, required: true) ?? new Money(0, "");

    /// <summary>The same, or null when it is left out.</summary>
    public Money? OptionalMoney(string name) => ReadMoney(name, required: false);

    private Money? ReadMoney(string name, bool required)
    {
        var fields = Inside(name, required);
        if (fields is null)
        {
            return null;
        }

        var minor = fields.Minor("minor");
        var currency = fields.Currency("currency");
        fields.Close();
        return new Money(minor, currency);
    }

    private long Minor(string name)
    {
        if (!Take(name, required: true, out var value))
        {
            return 0;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            Blame(name, FieldCodes.MoneyInvalid, "must be a whole number of minor units, such as cents.");
            return 0;
        }

        // The text decides: 1.5 is a fraction of a cent, and 1.0 or 1e2 are not how a whole number is written.
        if (value.GetRawText().AsSpan().IndexOfAny(".eE") >= 0)
        {
            Blame(name, FieldCodes.MoneyFraction, "must be a whole number of minor units, such as cents.");
            return 0;
        }

        if (value.TryGetInt64(out var minor) && minor is >= 0 and <= FieldLimits.MoneyMinorMax)
        {
            return minor;
        }

        Blame(name, FieldCodes.MoneyInvalid, $"must be from 0 to {FieldLimits.MoneyMinorMax}.");
        return 0;
    }

    private string Currency(string name)
    {
        if (!Take(name, required: true, out var value))
        {
            return "";
        }

        if (CleanText.TryRead(value, out var text) && Currencies.Has(text))
        {
            return text;
        }

        Blame(name, FieldCodes.MoneyInvalid, "must be a currency of ISO 4217 such as USD.");
        return "";
    }
}
