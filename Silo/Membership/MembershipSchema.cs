namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// What Orleans' membership needs in the journal's database, in steps for the journal's migration lock. Each may run
/// any number of times.
/// </summary>
internal static class MembershipSchema
{
    public static IReadOnlyList<(string Name, string Sql)> Steps { get; } =
    [("membership", SchemaFile.Read("Membership/Clustering.sql"))];
}
