using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>
/// A server as a process of its own, with a port that outlives its crashes. Started, killed and started again.
/// </summary>
public abstract class ServerProcess : IAsyncDisposable
{
    /// <summary>The others of its cluster have given it up; it ends by itself for that.</summary>
    public const int GivenUpExitCode = 70;

    private const int OutputLinesKept = 200;
    private static readonly TimeSpan ReadyMax = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    /// <summary>Of every process of a cluster that is not given another one.</summary>
    private static readonly string MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static int _lastPort = 20_000 + (Environment.ProcessId % 10_000);

    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private IReadOnlyList<string> _within = [];
    private Process? _process;

    protected ServerProcess()
    {
        // Whoever interrupts this program must not find its servers still running.
        AppDomain.CurrentDomain.ProcessExit += KillWithThisProcess;

        Url = $"http://127.0.0.1:{FreePort()}";
        Set("ASPNETCORE_URLS", Url);
        Set("ASPNETCORE_ENVIRONMENT", "Production");
    }

    public string Url { get; private set; }

    /// <summary>What the process printed last, for the message when something fails.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>What the process that was started last has printed on stderr.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>The id of the running process.</summary>
    public int Id => Running.Id;

    /// <summary>Completes when the running process has ended, however that came about.</summary>
    public Task Exited => Running.WaitForExitAsync();

    /// <summary>Of the process that was started last, once it has ended; 128 and the signal that ended it.</summary>
    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    public ServerUsage Usage => ServerUsage.Of(Id);

    protected abstract string Executable { get; }

    protected virtual IReadOnlyList<string> Arguments => [];

    private Process Running => _process ?? throw new InvalidOperationException("The server does not run.");

    /// <summary>Settings of a process of a cluster on this machine.</summary>
    protected void Join(string role)
    {
        Set("Cluster__Role", role);
        _settings.TryAdd("Secrets__MasterKey", MasterKey);
        Set("Cluster__AdvertisedAddress", "127.0.0.1");
        ChangePorts();
        // Nobody needs to notice that it goes.
        Set("Cluster__DrainTime", "00:00:00");
    }

    /// <summary>From its next start on its silo listens where it never did before.</summary>
    public void ChangePorts()
    {
        Set("Cluster__SiloPort", $"{FreePort()}");
        Set("Cluster__GatewayPort", $"{FreePort()}");
    }

    /// <summary>From its next start on it has another address, in a network that it is started within.</summary>
    /// <param name="within">The command that starts a program there.</param>
    public void MoveTo(string address, IReadOnlyList<string> within)
    {
        _within = within;
        Url = $"http://{address}:{new Uri(Url).Port}";
        Set("ASPNETCORE_URLS", Url);
        Set("Cluster__AdvertisedAddress", address);
    }

    /// <summary>An environment variable of the process, from its next start on.</summary>
    public void Set(string name, string value) => _settings[name] = value;

    /// <summary>Starts the process and returns how long it took to be ready for requests.</summary>
    public Task<TimeSpan> Start() => Start(until: "/health/ready");

    /// <summary>
    /// Starts the process as a supervisor does: one that the others give up while it joins, since a busy machine kept
    /// it from answering them, is started again.
    /// </summary>
    public async Task<TimeSpan> StartSupervised()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await Start();
                return TimeProvider.System.GetElapsedTime(since);
            }
            catch (InvalidOperationException)
                when (ExitCode is GivenUpExitCode && TimeProvider.System.GetElapsedTime(since) < ReadyMax)
            {
                // Started again.
            }
        }
    }

    /// <summary>Starts the process and returns as soon as it answers at all.</summary>
    public Task<TimeSpan> StartUnready() => Start(until: "/health/live");

    /// <summary>Begins to start the process, and waits for nothing.</summary>
    public void Begin() => Launch();

    /// <summary>Starts the process, which must refuse to, and returns its exit code.</summary>
    public async Task<int> StartRefused()
    {
        Launch();
        using var patience = new CancellationTokenSource(ReadyMax);
        await Running.WaitForExitAsync(patience.Token);
        return Running.ExitCode;
    }

    private async Task<TimeSpan> Start(string until)
    {
        var since = TimeProvider.System.GetTimestamp();
        Launch();
        await WaitUntil(until, since);
        return TimeProvider.System.GetElapsedTime(since);
    }

    private void Launch()
    {
        if (!File.Exists(Executable))
        {
            throw new InvalidOperationException($"{Executable} is missing. Run: dotnet build");
        }

        string[] command = [.. _within, Executable, .. Arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Path.GetDirectoryName(Executable),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _errors.Clear();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data, _output);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data, _output, _errors);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Sends the running process a signal, without waiting for what comes of it.</summary>
    /// <param name="name">Without its SIG, such as <c>STOP</c>.</param>
    public void Signal(string name)
    {
        using var signal = Process.Start("kill", [$"-{name}", $"{Id}"]);
        signal.WaitForExit();
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
        var process = Running;
        Signal("TERM");
        using var patience = new CancellationTokenSource(StopMax);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"The server did not stop within {StopMax}. It printed:\n{Output}", late);
        }

        _process = null;
        using (process)
        {
            return process.ExitCode;
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillWithThisProcess;
        await Kill();
        GC.SuppressFinalize(this);
    }

    private void KillWithThisProcess(object? sender, EventArgs exit) => _process?.Kill();

    private async Task WaitUntil(string path, long since)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(5) };
        while (true)
        {
            if (_process!.HasExited)
            {
                throw new InvalidOperationException($"The server ended while starting. It printed:\n{Output}");
            }

            if (await Answers(client, path))
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(since) > ReadyMax)
            {
                throw new TimeoutException($"The server was not ready within {ReadyMax}. It printed:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private static async Task<bool> Answers(HttpClient client, string path)
    {
        try
        {
            using var answer = await client.GetAsync(path);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or SocketException or TaskCanceledException)
        {
            return false;
        }
    }

    private static void Keep(string? line, params ConcurrentQueue<string>[] places)
    {
        foreach (var place in line is null ? [] : places)
        {
            place.Enqueue(line!);
            while (place.Count > OutputLinesKept)
            {
                place.TryDequeue(out _);
            }
        }
    }

    /// <summary>
    /// Below the range that systems give to outgoing connections: one of those could take the port while the process
    /// is down. Never the same twice, since whoever was given one may not listen yet.
    /// </summary>
    internal static int FreePort()
    {
        while (Interlocked.Increment(ref _lastPort) is var port && port < 32_000)
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
