using System.Text;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// A sender's name of a kind of activity in kebab case: <c>TRAIL_RUNNING</c>, <c>TrailRun</c> and <c>Trail Run</c>
/// become <c>trail-running</c>, <c>trail-run</c> and <c>trail-run</c>.
/// </summary>
internal static class ActivityName
{
    /// <summary>The longest name of a sender's list has about 40 characters.</summary>
    private const int CharsMax = 64;

    public const string Unknown = "unknown";

    public static string Of(string? name)
    {
        var kebab = new StringBuilder();
        var previous = ' ';
        foreach (var character in name.AsSpan(0, Math.Min(name?.Length ?? 0, CharsMax)))
        {
            var isWord = char.IsAsciiLetterOrDigit(character);
            var isHump = char.IsAsciiLetterUpper(character) && char.IsAsciiLetterLower(previous);
            if (isWord && kebab.Length > 0 && (isHump || !char.IsAsciiLetterOrDigit(previous)))
            {
                kebab.Append('-');
            }

            if (isWord)
            {
                kebab.Append(char.ToLowerInvariant(character));
            }

            previous = character;
        }

        return kebab.Length > 0 ? kebab.ToString() : Unknown;
    }
}
