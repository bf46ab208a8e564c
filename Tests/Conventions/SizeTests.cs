using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Conventions;

public sealed class SizeTests
{
    private const int LineMax = 120;

    [Fact]
    public void ASourceFile_HasAtMostFourHundredLines_AndATestFileFiveHundred() =>
        LayeringTests
            .Sources()
            .Select(file => (file, Lines: Lines(file).Length))
            .Where(file => file.Lines > (file.file.StartsWith("Tests/", StringComparison.Ordinal) ? 500 : 400))
            .ShouldBeEmpty();

    [Fact]
    public void NineOfTenFiles_HaveAtMostTwoHundredAndFiftyLines()
    {
        var sizes = LayeringTests.Sources().Select(file => Lines(file).Length).ToArray();

        sizes.Count(lines => lines <= 250).ShouldBeGreaterThanOrEqualTo(sizes.Length * 9 / 10);
    }

    /// <summary>A text that is one sentence to its reader may stay in one piece.</summary>
    [Fact]
    public void ALine_HasAtMostOneHundredAndTwentyCharacters_UnlessATextMakesItLonger() =>
        LayeringTests
            .Sources()
            .SelectMany(file => Lines(file).Index().Select(line => (file, Number: line.Index + 1, line.Item)))
            .Where(line => line.Item.Length > LineMax && !HasLongText(line.Item))
            .Select(line => $"{line.file}:{line.Number} has {line.Item.Length} characters")
            .ShouldBeEmpty();

    private static bool HasLongText(string line) =>
        line.Contains('"') && !line.TrimStart().StartsWith("//", StringComparison.Ordinal);

    private static string[] Lines(string file) => File.ReadAllLines(Repository.PathOf(file));
}
