using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EcosystemSilo.Grains.Interfaces.Deliveries;

/// <summary>
/// The reason of a dead letter as it is kept and shown. A reason quotes what is wrong, which is a sender's value and
/// may describe a person; the event itself has it, sealed and masked by role.
/// </summary>
public static partial class PlainReason
{
    public const string Hidden = "'•••'";

    /// <summary>
    /// The reason without what it quotes, but for the name of the field at fault; null when there is none.
    /// </summary>
    [return: NotNullIfNotNull(nameof(reason))]
    public static Refusal? Of(Refusal? reason)
    {
        if (reason is null)
        {
            return null;
        }

        var name = reason.Field is { } field ? $"'{field}'" : null;
        var start = name is not null && reason.Message.StartsWith(name, StringComparison.Ordinal) ? name.Length : 0;
        // To the last quote, since a value may have quotes of its own.
        return reason with { Message = reason.Message[..start] + Quoted.Replace(reason.Message[start..], Hidden) };
    }

    [GeneratedRegex("'.*'", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted { get; }
}
