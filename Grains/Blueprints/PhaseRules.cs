using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>
/// A lifecycle has the four phases in order; all but the last are time-boxed; checklists name known things.
/// </summary>
internal static class PhaseRules
{
    private static readonly string[] InOrder = [.. Enum.GetNames<Phase>().Select(name => name.ToLowerInvariant())];

    public static IEnumerable<BlueprintViolation> OfPartners(BlueprintDocument document)
    {
        var known = document.Categories.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Phases("/partnerPhases", document.PartnerPhases),
            .. DuplicateItems("/partnerPhases", document.PartnerPhases),
            .. Items("/partnerPhases", document.PartnerPhases)
                .SelectMany(entry => UnknownCategories(entry.Path, entry.Item, known)),
        ];
    }

    public static IEnumerable<BlueprintViolation> OfDeals(BlueprintDocument document) =>
        WithoutCategories("deal", "/dealPhases", document.DealPhases);

    public static IEnumerable<BlueprintViolation> OfPrograms(BlueprintDocument document) =>
        document.ProgramPhases is { } phases ? WithoutCategories("program", "/programPhases", phases) : [];

    private static IEnumerable<BlueprintViolation> WithoutCategories(
        string what,
        string path,
        IReadOnlyList<PhaseRule> phases
    ) =>
        [
            .. Phases(path, phases),
            .. DuplicateItems(path, phases),
            .. Items(path, phases)
                .Where(entry => entry.Item.Categories is not null)
                .Select(entry => new BlueprintViolation(
                    $"{entry.Path}/categories",
                    $"{what}-without-category",
                    $"a {what} has no category: its checklist is for every {what}"
                )),
        ];

    private static IEnumerable<BlueprintViolation> Phases(string path, IReadOnlyList<PhaseRule> phases)
    {
        for (var at = 0; at < phases.Count; at++)
        {
            if (phases[at].Id != InOrder[at])
            {
                var message = $"phase {at + 1} is {InOrder[at]}, found {phases[at].Id}";
                yield return new BlueprintViolation($"{path}/{at}/id", "phase-order", message);
            }

            if (phases[at].TimeBoxDays is null && at < phases.Count - 1)
            {
                var message = $"{phases[at].Id} needs timeBoxDays: only the last phase is ongoing";
                yield return new BlueprintViolation($"{path}/{at}", "missing-time-box", message);
            }
        }
    }

    /// <summary>An item is completed by its id alone, so ids are unique over all phases of the lifecycle.</summary>
    private static IEnumerable<BlueprintViolation> DuplicateItems(string path, IReadOnlyList<PhaseRule> phases)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Items(path, phases)
            .Where(entry => !seen.Add(entry.Item.Id))
            .Select(entry => new BlueprintViolation(
                $"{entry.Path}/id",
                "duplicate-id",
                $"{Quote.Text(entry.Item.Id)} is the id of another item of this lifecycle"
            ));
    }

    private static IEnumerable<BlueprintViolation> UnknownCategories(
        string path,
        ChecklistItemRule item,
        IReadOnlySet<string> known
    ) =>
        (item.Categories ?? [])
            .Select((category, at) => (category, at))
            .Where(entry => !known.Contains(entry.category))
            .Select(entry => new BlueprintViolation(
                $"{path}/categories/{entry.at}",
                "unknown-category",
                $"{Quote.Text(entry.category)} is none of the categories: {Quote.List(known)}"
            ));

    private static IEnumerable<(string Path, ChecklistItemRule Item)> Items(
        string path,
        IReadOnlyList<PhaseRule> phases
    ) => phases.SelectMany((phase, at) => phase.Checklist.Select((item, i) => ($"{path}/{at}/checklist/{i}", item)));
}
