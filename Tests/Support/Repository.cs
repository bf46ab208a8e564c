namespace EcosystemSilo.Tests.Support;

/// <summary>The source tree that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Text(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Files of ours below a folder, as paths from the root with forward slashes; no build output.</summary>
    public static IEnumerable<string> Files(string pattern, string folder = "") =>
        Directory
            .EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file =>
                !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "TestResults" or "data")
            )
            .Order(StringComparer.Ordinal);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EcosystemSilo.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"No EcosystemSilo.sln above {AppContext.BaseDirectory}.");
    }
}
