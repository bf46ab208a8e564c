using EcosystemSilo.Grains.Blueprints;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Blueprints;

/// <summary>Whatever happens to a file, the parser answers with a document or with errors that have a place.</summary>
public sealed class BlueprintMutationTests
{
    private const int Seed = 20_261_121;
    private const int Rounds = 3_000;

    private static readonly string[] Splinters =
    [
        "[",
        "]",
        "{",
        "}",
        ": ",
        "- ",
        "\"",
        "'",
        "\n",
        "\n\n  ",
        "\t",
        "#",
        "&a ",
        "*a",
        "!!int ",
        "---\n",
        "...\n",
        "%YAML 9.9\n",
        "? ",
        "| \n",
        ">-\n",
        "\\uD800",
        "\"\\uD800\"",
        "\"\\U00110000\"",
        "\uD83D",
        "\uDE00",
        "\0",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "<<: ",
        "null",
        "~",
        "-1",
        "1e9",
        "999999999999999999999999",
        "§",
        "😀",
        "",
    ];

    [Fact]
    public void AMutatedFile_NeverThrows()
    {
        var random = new Random(Seed);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var text = Mutate(SmallBlueprint.Text, random);

            var parse = Parse(text, round);

            parse.IsValid.ShouldBe(parse.Errors.Count == 0);
            parse.Errors.All(e => e.Line >= 1 && e.Column >= 1 && e.Rule.Length > 0).ShouldBeTrue(text);
            refused += parse.IsValid ? 0 : 1;
        }

        refused.ShouldBeGreaterThan(Rounds / 2, "most mutations break the file");
    }

    private static BlueprintParse Parse(string text, int round)
    {
        try
        {
            return BlueprintFile.Parse("mutated.yaml", text);
        }
        catch (Exception thrown)
        {
            throw new ShouldAssertException($"seed {Seed}, round {round} threw {thrown}\n{text}", thrown);
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(text.Length);
            var removed = random.Next(Math.Min(12, text.Length - at));
            var splinter = Splinters[random.Next(Splinters.Length)];
            text = string.Concat(text.AsSpan(0, at), splinter, text.AsSpan(at + removed));
        }

        return text;
    }
}
