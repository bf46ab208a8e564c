using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>
/// Debian's nginx in front of gateway processes, with the configuration that is shipped in docs/nginx.conf: only its
/// addresses and the places of its own files are others.
/// </summary>
public sealed partial class NginxProxy : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private NginxProxy(IReadOnlyList<GatewayProcess> gateways, bool byGrain)
    {
        var port = ServerProcess.FreePort();
        Url = $"http://127.0.0.1:{port}";
        File.WriteAllText(_folder.File("nginx.conf"), Adapt(Shipped(), port, gateways, byGrain));
        _process = Process.Start(
            new ProcessStartInfo(
                "sh",
                [
                    "-c",
                    // Ends with this program, however that ends: its input is closed then.
                    "exec 3<&0; \"$@\" </dev/null 2>>\"$0\" & p=$!; "
                        + "(cat <&3 >/dev/null; kill -TERM $p 2>/dev/null) & c=$!; wait $p; kill $c 2>/dev/null",
                    _folder.File("nginx.log"),
                    Program,
                    "-p",
                    _folder.Path,
                    "-c",
                    _folder.File("nginx.conf"),
                ]
            )
            {
                RedirectStandardInput = true,
                UseShellExecute = false,
            }
        )!;
    }

    public string Url { get; }

    /// <summary>What nginx printed, for the message when something fails.</summary>
    public string Output => File.Exists(_folder.File("nginx.log")) ? File.ReadAllText(_folder.File("nginx.log")) : "";

    private static string Program =>
        Array.Find(["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"], File.Exists)
        ?? throw new InvalidOperationException("nginx is missing. Install it: apt-get install nginx-light");

    /// <param name="byGrain">False for a proxy that takes the processes in turn, to see what that costs.</param>
    public static async Task<NginxProxy> Start(IReadOnlyList<GatewayProcess> gateways, bool byGrain = true)
    {
        var proxy = new NginxProxy(gateways, byGrain);
        try
        {
            await proxy.WaitUntilReady();
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private string Adapt(string shipped, int port, IReadOnlyList<GatewayProcess> gateways, bool byGrain)
    {
        var servers = gateways.Select(gateway =>
            $"        server {new Uri(gateway.Url).Authority} max_fails=1 fail_timeout=5s;\n"
        );
        string[] places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        var files = string.Concat(places.Select(place => $"    {place}_temp_path {_folder.File(place)};\n"));
        var adapted = Servers().Replace(shipped, string.Concat(servers), 1);
        adapted = adapted.Replace("listen 80;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal);
        adapted = adapted.Replace("http {\n", $"http {{\n    access_log off;\n{files}", StringComparison.Ordinal);
        if (!byGrain)
        {
            adapted = adapted.Replace("        hash $grain consistent;\n", "", StringComparison.Ordinal);
        }

        var user = Environment.IsPrivilegedProcess ? "user root;\n" : "";
        return $"daemon off;\nerror_log stderr warn;\npid {_folder.File("nginx.pid")};\n{user}{adapted}";
    }

    private async Task WaitUntilReady()
    {
        using var client = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(5) };
        var since = TimeProvider.System.GetTimestamp();
        while (!await Answers(client))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(since) > StartMax)
            {
                throw new InvalidOperationException($"nginx did not start. It printed:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private static async Task<bool> Answers(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/live");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static string Shipped()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EcosystemSilo.sln")))
        {
            folder = folder.Parent;
        }

        return folder is null
            ? throw new InvalidOperationException("docs/nginx.conf was not found above this program.")
            : File.ReadAllText(Path.Combine(folder.FullName, "docs", "nginx.conf"));
    }

    [GeneratedRegex(
        @"( +server 127\.0\.0\.1:\d+ [^\n]*\n)+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Servers();
}
