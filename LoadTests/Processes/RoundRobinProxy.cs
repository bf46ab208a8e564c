using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>
/// Debian's nginx, which takes the gateways behind it in turn and knows nothing of grains or callers: the plainest
/// balancer there is. One that refuses or hangs is passed over.
/// </summary>
public sealed class RoundRobinProxy : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private RoundRobinProxy(IReadOnlyList<GatewayProcess> gateways)
    {
        var port = ServerProcess.FreePort();
        Url = $"http://127.0.0.1:{port}";
        File.WriteAllText(_folder.File("nginx.conf"), Settings(port, gateways));
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

    public static async Task<RoundRobinProxy> Start(IReadOnlyList<GatewayProcess> gateways)
    {
        var proxy = new RoundRobinProxy(gateways);
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

    private string Settings(int port, IReadOnlyList<GatewayProcess> gateways)
    {
        var servers = string.Concat(
            gateways.Select(gateway => $"server {new Uri(gateway.Url).Authority} max_fails=1 fail_timeout=5s; ")
        );
        string[] places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        var files = string.Concat(places.Select(place => $"{place}_temp_path {_folder.File(place)}; "));
        return $$"""
            daemon off;
            error_log stderr warn;
            pid {{_folder.File("nginx.pid")}};
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            events { worker_connections 4096; }
            http {
                access_log off;
                {{files}}
                upstream gateways { {{servers}} keepalive 128; }
                map $http_upgrade $connection_header { default upgrade; "" ""; }
                server {
                    listen 127.0.0.1:{{port}};
                    client_max_body_size 1m;
                    proxy_http_version 1.1;
                    proxy_set_header Host $http_host;
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Forwarded-Proto $scheme;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_header;
                    proxy_connect_timeout 1s;
                    proxy_read_timeout 35s;
                    proxy_next_upstream error timeout;
                    proxy_next_upstream_tries 2;
                    location / { proxy_pass http://gateways; }
                }
            }
            """;
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
        catch (Exception notYet) when (notYet is HttpRequestException or SocketException or TaskCanceledException)
        {
            return false;
        }
    }
}
