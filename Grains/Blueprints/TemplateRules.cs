using EcosystemSilo.Grains.Interfaces.Blueprints;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>
/// Templates start customer programs, so they need the rules of these and fit in with their checklists.
/// </summary>
internal static class TemplateRules
{
    public static IEnumerable<BlueprintViolation> Check(BlueprintDocument document) =>
        [.. Incomplete(document), .. Templates(document, document.Templates ?? [])];

    private static IEnumerable<BlueprintViolation> Incomplete(BlueprintDocument document)
    {
        if (document is { ProgramPhases: not null, ProgramTerms: null })
        {
            yield return new BlueprintViolation("/programPhases", "missing-terms", "programPhases need programTerms");
        }

        if (document is { Templates: not null, ProgramPhases: null })
        {
            yield return new BlueprintViolation("/templates", "missing-phases", "templates need programPhases");
        }
    }

    private static IEnumerable<BlueprintViolation> Templates(
        BlueprintDocument document,
        IReadOnlyList<TemplateRule> templates
    )
    {
        var categories = document.Categories.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var common = (document.ProgramPhases ?? []).SelectMany(phase => phase.Checklist).Select(item => item.Id);
        return
        [
            .. BlueprintRules.DuplicateIds("/templates", templates.Select(t => t.Id)),
            .. templates
                .Index()
                .Where(entry => !categories.Contains(entry.Item.Category))
                .Select(entry => new BlueprintViolation(
                    $"/templates/{entry.Index}/category",
                    "unknown-category",
                    $"{Quote.Text(entry.Item.Category)} is none of the categories: {Quote.List(categories)}"
                )),
            .. templates.Index().SelectMany(entry => DuplicateItems(entry.Index, entry.Item, common)),
        ];
    }

    /// <summary>The items stand on one checklist with those of every program.</summary>
    private static IEnumerable<BlueprintViolation> DuplicateItems(
        int at,
        TemplateRule template,
        IEnumerable<string> common
    )
    {
        var seen = common.ToHashSet(StringComparer.Ordinal);
        return template
            .Checklist.Index()
            .Where(entry => !seen.Add(entry.Item.Id))
            .Select(entry => new BlueprintViolation(
                $"/templates/{at}/checklist/{entry.Index}/id",
                "duplicate-id",
                $"{Quote.Text(entry.Item.Id)} is the id of another item of the program's checklist"
            ));
    }
}
