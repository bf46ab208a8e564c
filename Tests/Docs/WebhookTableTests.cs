using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Docs;

/// <summary>
/// The table of docs/webhooks.md is made of the schemes' own facts. To write it anew, run this test once with
/// <c>UPDATE_WEBHOOKS=1</c>.
/// </summary>
public sealed class WebhookTableTests
{
    private const string File = "docs/webhooks.md";
    private const string Start = "| sender |";

    [Fact]
    public void TheTable_SaysWhatTheSchemesAre()
    {
        var text = Repository.Text(File);
        var (before, after) = Around(text);
        var table = string.Concat(Rows().Select(row => $"{row}\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_WEBHOOKS") == "1")
        {
            System.IO.File.WriteAllText(Repository.PathOf(File), before + table + after);
            return;
        }

        text.ShouldBe(before + table + after, "Run this test once with UPDATE_WEBHOOKS=1 and commit the file.");
    }

    [Fact]
    public void EverySchemeAndSetting_IsExplained()
    {
        foreach (var facts in WebhookSchemes.All.Select(scheme => scheme.Facts))
        {
            facts.Setup.ShouldEndWith(".");
            facts.Settings.ShouldAllBe(setting => setting.Help.EndsWith('.') && setting.Label.Length > 0);
            facts.Settings.Select(setting => setting.Name).ShouldBeUnique();
        }
    }

    private static IEnumerable<string> Rows()
    {
        yield return $"{Start} scheme | proof | handshake | a repeat is known by | answer, within | body up to |";
        yield return "| --- | --- | --- | --- | --- | --- | --- |";
        foreach (var scheme in WebhookSchemes.All.OrderBy(scheme => scheme.Facts.Label, StringComparer.Ordinal))
        {
            var facts = scheme.Facts;
            var within = facts.AnswerWithin is { } limit ? $", {limit.TotalSeconds} s" : "";
            yield return $"| {facts.Label} | `{scheme.Name}` | {facts.Proof} | {facts.Handshake} | {facts.Identity} "
                + $"| {facts.Acknowledgement?.Status ?? 202}{within} | {facts.BodyBytesMax / 1024 / 1024} MB |";
        }
    }

    private static (string Before, string After) Around(string text)
    {
        var start = text.IndexOf(Start, StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, $"{File} has no table.");
        var end = text.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        end.ShouldBeGreaterThan(start, $"The table of {File} has no end.");
        return (text[..start], text[end..]);
    }
}
