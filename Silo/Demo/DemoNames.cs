namespace EcosystemSilo.Silo.Demo;

/// <summary>Invented names that sound like the field's. Any likeness to a real organisation is by chance.</summary>
internal static class DemoNames
{
    private static readonly string[] First =
    [
        "Alder",
        "Bluebird",
        "Cedar",
        "Dovetail",
        "Evergreen",
        "Fairview",
        "Granite",
        "Harbour",
        "Ironwood",
        "Juniper",
        "Kestrel",
        "Lakeside",
        "Meridian",
        "Northgate",
        "Oakridge",
        "Pinecrest",
        "Quarry",
        "Riverbend",
        "Summit",
        "Tidewater",
        "Upland",
        "Valley",
        "Westbrook",
        "Yarrow",
        "Zephyr",
        "Lantern",
        "Beacon",
        "Orchard",
        "Willow",
        "Sterling",
    ];

    private static readonly string[] Second =
    [
        "Health",
        "Care",
        "Clinical",
        "Wellness",
        "Medical",
        "Vital",
        "Life",
        "Pulse",
        "Motion",
        "Insight",
        "Bio",
        "Data",
        "Signal",
        "Mind",
        "Active",
    ];

    private static readonly string[] Third =
    [
        "Group",
        "Partners",
        "Systems",
        "Network",
        "Works",
        "Alliance",
        "Labs",
        "Collective",
        "Associates",
        "Company",
    ];

    private static readonly string[] Regions =
    [
        "Northeast",
        "Midwest",
        "South",
        "West",
        "Canada",
        "DACH",
        "Nordics",
        "UK",
    ];

    public static string Organisation(Random random) =>
        $"{Pick(First, random)} {Pick(Second, random)} {Pick(Third, random)}";

    public static string Customer(Random random) => $"{Pick(First, random)} {Pick(First, random)} Hospital";

    public static string Region(Random random) => Pick(Regions, random);

    public static T Pick<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];
}
