namespace EcosystemSilo.Tests.Support;

/// <summary>Reads tables that are written as text: a heading, then rows of cells between bars.</summary>
public static class TextTable
{
    public static IEnumerable<string[]> Rows(string table) =>
        table
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries));
}
