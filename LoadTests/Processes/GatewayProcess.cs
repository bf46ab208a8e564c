using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>
/// The built gateway as a process of its own, with a data folder and a port that outlive its crashes. Started, killed
/// and started again on the same journal.
/// </summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    public const string BootstrapKey = "bootstrap-key-of-a-process-0123456789abcdef";

    private const int OutputLinesKept = 200;
    private static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    /// <param name="provider"><c>Sqlite</c> or <c>PostgreSql</c>.</param>
    /// <param name="connectionString">Null for a SQLite file in the data folder.</param>
    public GatewayProcess(string provider = "Sqlite", string? connectionString = null)
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        ConnectionString = connectionString ?? $"Data Source={_folder.File("journal.db")}";
        _settings["ASPNETCORE_URLS"] = Url;
        _settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        _settings["Auth__BootstrapKey"] = BootstrapKey;
        _settings["Data__Folder"] = _folder.Path;
        _settings["Journal__Provider"] = provider;
        _settings["Journal__ConnectionString"] = ConnectionString;
    }

    public string Url { get; }

    public string ConnectionString { get; }

    /// <summary>What the process printed last, for the message when something fails.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>The executable, from the same build as this program and in the same configuration.</summary>
    public static string Program =>
        typeof(GatewayProcess)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "GatewayProgram")
            .Value!;

    /// <summary>A client that may do everything, for setting the stage.</summary>
    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Add("X-Api-Key", BootstrapKey);
        return client;
    }

    /// <summary>Starts the process and returns how long it took to be ready for requests.</summary>
    public async Task<TimeSpan> Start()
    {
        if (!File.Exists(Program))
        {
            throw new InvalidOperationException($"The gateway was not built: {Program} is missing. Run: dotnet build");
        }

        var start = new ProcessStartInfo(Program)
        {
            WorkingDirectory = Path.GetDirectoryName(Program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        var since = TimeProvider.System.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReady(since);
        return TimeProvider.System.GetElapsedTime(since);
    }

    /// <summary>Ends the process at once (SIGKILL): it can neither finish nor clean up anything.</summary>
    public async Task Kill()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Asks the process to end (SIGTERM) and returns its exit code.</summary>
    public async Task<int> Stop()
    {
        var process = _process ?? throw new InvalidOperationException("The gateway does not run.");
        using (var signal = Process.Start("kill", ["-TERM", process.Id.ToString()]))
        {
            await signal.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(StopMax);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"The gateway did not stop within {StopMax}. It printed:\n{Output}", late);
        }

        _process = null;
        using (process)
        {
            return process.ExitCode;
        }
    }

    /// <summary>Creates a webhook source in acme and returns what its sender needs.</summary>
    public async Task<SourceAddress> CreateSource(string scheme)
    {
        using var client = Client();
        using var answer = await client.PostAsJsonAsync("/api/acme/sources", new { name = "Sender", scheme });
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException($"The source was not created: {(int)answer.StatusCode} {text}");
        }

        var source = JsonElement.Parse(text);
        return new SourceAddress(
            source.GetProperty("id").GetString()!,
            source.GetProperty("url").GetString()!,
            source.GetProperty("secret").GetString()!
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _folder.Dispose();
    }

    private async Task WaitUntilReady(long since)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(5) };
        while (true)
        {
            if (_process!.HasExited)
            {
                throw new InvalidOperationException($"The gateway ended while starting. It printed:\n{Output}");
            }

            if (await IsReady(client))
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(since) > ReadyMax)
            {
                throw new TimeoutException($"The gateway was not ready within {ReadyMax}. It printed:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
            while (_output.Count > OutputLinesKept)
            {
                _output.TryDequeue(out _);
            }
        }
    }

    /// <summary>
    /// Below the range that systems give to outgoing connections: one of those could take the port while the process
    /// is down.
    /// </summary>
    private static int FreePort()
    {
        for (var port = 20_000 + (Environment.ProcessId % 10_000); port < 32_000; port++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one may be free.
            }
        }

        throw new InvalidOperationException("No port between 20,000 and 32,000 is free on the loopback address.");
    }
}
