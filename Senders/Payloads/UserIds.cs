namespace EcosystemSilo.Senders.Payloads;

/// <summary>Senders' ids of users: UUIDs, numbers, account names.</summary>
internal static class UserIds
{
    /// <summary>
    /// The longest seen are UUIDs of 36 characters; references of FHIR servers may be three times that.
    /// </summary>
    public const int CharsMax = 128;

    /// <summary>Null when it is no id: 1 to <see cref="CharsMax"/> visible ASCII characters.</summary>
    public static string? Read(string? text) =>
        text is { Length: > 0 and <= CharsMax } && text.All(character => character is > ' ' and <= '~') ? text : null;
}
