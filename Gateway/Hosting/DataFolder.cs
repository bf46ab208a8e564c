namespace EcosystemSilo.Gateway.Hosting;

/// <summary>
/// Where the process keeps its own files: <c>Data__Folder</c>, by default <c>data</c> in the working folder.
/// </summary>
public sealed class DataFolder
{
    public const string Setting = "Data:Folder";

    private readonly string _path;

    public DataFolder(IConfiguration configuration)
    {
        _path = Path.GetFullPath(configuration[Setting] is { Length: > 0 } configured ? configured : "data");
        Directory.CreateDirectory(_path);
    }

    public string PathOf(string file) => Path.Combine(_path, file);

    /// <summary>The text of a secret file, which only the owner may read; made by the first caller.</summary>
    public string ReadOrMake(string file, Func<string> make)
    {
        var path = PathOf(file);
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(path, options);
            writer.Write(make());
        }

        return File.ReadAllText(path);
    }
}
