namespace EcosystemSilo.Grains.Interfaces.Deals;

/// <summary>
/// How accounts were named before the list of public suffixes was heeded: ten second-level labels of countries were all
/// that was known (docs/decisions/0026). Journals have accounts of those names, so the rule stays as it was.
/// </summary>
internal static class FormerDomain
{
    private static readonly HashSet<string> SecondLevels = new(StringComparer.Ordinal)
    {
        "ac",
        "co",
        "com",
        "edu",
        "gov",
        "health",
        "net",
        "nhs",
        "or",
        "org",
    };

    public static string Of(string[] labels)
    {
        var isUnderCountry = labels.Length > 2 && labels[^1].Length == 2 && SecondLevels.Contains(labels[^2]);
        return string.Join('.', labels[^(isUnderCountry ? 3 : 2)..]);
    }
}
