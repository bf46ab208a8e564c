using System.Text.RegularExpressions;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Docs;

/// <summary>Whoever follows a link of the documents, as in the night after an alarm, comes to what it names.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void EveryLink_LeadsToAFileAndAHeadingThatAreThere() =>
        Repository
            .Files("*.md")
            .SelectMany(file =>
                Link().Matches(Repository.Text(file)).Select(link => (file, Target: link.Groups["to"].Value))
            )
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal))
            .Where(link => !IsThere(link.file, link.Target))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("What saturates first", "what-saturates-first")]
    [InlineData("Silos, gateways & `Both`", "silos-gateways--both")]
    public void AHeading_IsFoundByItsWords(string heading, string anchor) => Anchor(heading).ShouldBe(anchor);

    private static bool IsThere(string from, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? from : Path.Combine(Path.GetDirectoryName(from)!, parts[0]);
        var full = Repository.PathOf(path);
        return parts.Length == 1
            ? File.Exists(full) || Directory.Exists(full)
            : File.Exists(full) && Headings(File.ReadAllText(full)).Contains(parts[1]);
    }

    private static IEnumerable<string> Headings(string text) =>
        Heading().Matches(text).Select(heading => Anchor(heading.Groups["words"].Value));

    /// <summary>As GitHub makes it.</summary>
    private static string Anchor(string heading) =>
        new([
            .. heading
                .Trim()
                .ToLowerInvariant()
                .Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')
                .Select(letter => letter == ' ' ? '-' : letter),
        ]);

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();

    [GeneratedRegex(
        @"^#+ (?<words>.+)$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Heading();
}
