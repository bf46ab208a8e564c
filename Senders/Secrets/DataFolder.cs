using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Senders.Secrets;

/// <summary>
/// Where the process keeps its own files: <c>Data__Folder</c>, by default <c>data</c> in the working folder.
/// </summary>
public sealed class DataFolder
{
    public const string Setting = "Data:Folder";

    private readonly string _path;

    public DataFolder(IConfiguration configuration)
    {
        _path = In(configuration);
        try
        {
            Directory.CreateDirectory(_path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(
                Setting,
                typeof(DataFolder),
                [$"Data__Folder={_path} cannot be used: {fault.Message}"]
            );
        }
    }

    /// <summary>Where it is, whether or not it is there.</summary>
    public static string In(IConfiguration configuration) =>
        Path.GetFullPath(configuration[Setting] is { Length: > 0 } configured ? configured : "data");

    public string PathOf(string file) => Path.Combine(_path, file);

    /// <summary>
    /// The text of a secret file, which only the owner may read; made by the first caller, of whichever process.
    /// </summary>
    public string ReadOrMake(string file, Func<string> make)
    {
        var path = PathOf(file);
        if (!File.Exists(path))
        {
            Make(path, make());
        }

        return File.ReadAllText(path);
    }

    /// <summary>Written aside and then put in place, so that no process reads half a secret.</summary>
    private static void Make(string path, string text)
    {
        var draft = $"{path}.{Guid.NewGuid():n}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(text);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process that started at the same moment was first; its secret holds.
            File.Delete(draft);
        }
    }
}
