using System.Collections.Frozen;

namespace EcosystemSilo.Gateway.Pages;

/// <summary>
/// The portal's files as its build left them, compressed copies included. They are listed once at start, so that no
/// request can name a file outside of them.
/// </summary>
public sealed class PortalFiles
{
    private const string Page = "/index.html";

    private static readonly (string Coding, string Suffix)[] Codings = [("br", ".br"), ("gzip", ".gz")];

    private readonly FrozenDictionary<string, string> _files;

    /// <param name="root">The folder of the build; one that does not exist means that the portal was not built.</param>
    public PortalFiles(string root)
    {
        var files = Directory.Exists(root) ? Directory.GetFiles(root, "*", SearchOption.AllDirectories) : [];
        _files = files.ToFrozenDictionary(
            file => "/" + Path.GetRelativePath(root, file).Replace('\\', '/'),
            StringComparer.Ordinal
        );
    }

    /// <summary>Whether there is a portal to serve.</summary>
    public bool Built => _files.ContainsKey(Page);

    /// <summary>
    /// The file for an address: the named one, else the page, which shows what the address means. Null for an asset
    /// that does not exist: a page in its place would only confuse whoever asked for a script.
    /// </summary>
    public PortalFile? Find(string path, string acceptEncoding)
    {
        var name =
            _files.ContainsKey(path) ? path
            : path.StartsWith("/assets/", StringComparison.Ordinal) ? null
            : Page;
        if (name is null || !_files.TryGetValue(name, out var plain))
        {
            return null;
        }

        foreach (var (coding, suffix) in Codings)
        {
            if (Accepts(acceptEncoding, coding) && _files.TryGetValue(name + suffix, out var compressed))
            {
                return new PortalFile(name, compressed, coding);
            }
        }

        return new PortalFile(name, plain, null);
    }

    /// <summary>A coding with the weight 0 is refused (RFC 9110 section 12.5.3).</summary>
    private static bool Accepts(string acceptEncoding, string coding)
    {
        foreach (var part in acceptEncoding.Split(',', StringSplitOptions.TrimEntries))
        {
            var (name, weight) = part.Split(';', 2, StringSplitOptions.TrimEntries) is [var head, var tail]
                ? (head, tail.Replace(" ", "", StringComparison.Ordinal))
                : (part, "");
            if (name.Equals(coding, StringComparison.OrdinalIgnoreCase))
            {
                return weight is not ("q=0" or "q=0.0" or "q=0.00" or "q=0.000");
            }
        }

        return false;
    }
}

/// <param name="Name">Its address, by which its content type is told.</param>
/// <param name="Path">Where its bytes are.</param>
/// <param name="Coding">The content coding of the bytes; null for plain ones.</param>
public sealed record PortalFile(string Name, string Path, string? Coding)
{
    /// <summary>The name holds a hash of the content, so that it never changes.</summary>
    public bool Immutable => Name.StartsWith("/assets/", StringComparison.Ordinal);
}
