namespace EcosystemSilo.Silo;

/// <summary>SQL that comes with this assembly, for the journal's migrations.</summary>
internal static class SchemaFile
{
    /// <param name="path">Folder and file.</param>
    public static string Read(string path)
    {
        using var stream = typeof(SchemaFile).Assembly.GetManifestResourceStream(path)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
