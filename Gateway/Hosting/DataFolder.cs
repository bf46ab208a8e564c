namespace EcosystemSilo.Gateway.Hosting;

/// <summary>Where the process keeps its own files: <c>Data__Folder</c>, by default <c>data</c> in the working folder.</summary>
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
}
