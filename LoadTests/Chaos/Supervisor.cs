using EcosystemSilo.LoadTests.Chaos.Faults;
using EcosystemSilo.LoadTests.Chaos.Hooks;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>
/// Starts a server again whenever it has died, as a service manager would, each time with the next crash point and the
/// next clock, and keeps count.
/// </summary>
/// <param name="nextPlan">Where it is to die next; null to be killed from outside.</param>
/// <param name="nextShift">How far its clock is put forward from the next start on.</param>
internal sealed class Supervisor(ServerProcess server, Func<CrashPlan?> nextPlan, Func<TimeSpan> nextShift)
    : IAsyncDisposable
{
    private static readonly TimeSpan PauseBetweenStarts = TimeSpan.FromMilliseconds(200);

    private readonly List<TimeSpan> _recoveries = [];
    private readonly Dictionary<CrashPoint, int> _deaths = [];
    private const int KilledExitCode = 128 + 9;

    /// <summary>It was started while the database was away.</summary>
    private const int JournalAwayExitCode = 69;

    private volatile TaskCompletionSource _up = NewSource();
    private volatile TaskCompletionSource _down = NewSource();
    private Task _watching = Task.CompletedTask;
    private bool _isKilled;
    private bool _isRolling;
    private bool _isStopping;

    public ServerProcess Server => server;

    /// <summary>The server of one that serves requests.</summary>
    public GatewayProcess Gateway => (GatewayProcess)server;

    /// <summary>Where it is in the network; null where it has none of its own.</summary>
    public Place? Place { get; init; }

    /// <summary>How often the others of its cluster have given it up.</summary>
    public int GivenUp { get; private set; }

    public CrashPlan? Plan { get; private set; }

    public TimeSpan Shift { get; private set; }

    /// <summary>How long each start after a death took until the process was ready.</summary>
    public IReadOnlyList<TimeSpan> Recoveries => _recoveries;

    public IReadOnlyDictionary<CrashPoint, int> Deaths => _deaths;

    /// <summary>Completes when the process has died.</summary>
    public Task Down => _down.Task;

    /// <summary>Completes when the process is ready.</summary>
    public Task Up => _up.Task;

    /// <summary>Starts the process for the first time.</summary>
    public async Task Start()
    {
        Arm(plan: null);
        await server.StartSupervised();
        _up.TrySetResult();
        _watching = Watch();
    }

    /// <summary>Ends the process (SIGKILL); it is started again.</summary>
    public void Kill()
    {
        _isKilled = true;
        server.Signal("KILL");
    }

    /// <summary>Ends the process in order (SIGTERM), and completes when it is ready again.</summary>
    public async Task Roll()
    {
        await Up;
        _isRolling = true;
        var down = Down;
        server.Signal("TERM");
        await down;
        await Up;
    }

    /// <summary>Ends it in order and does not start it again.</summary>
    public async Task<int> Stop()
    {
        _isStopping = true;
        return await server.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        await server.DisposeAsync();
        await _watching;
    }

    private async Task Watch()
    {
        try
        {
            while (true)
            {
                await server.Exited;
                if (_isStopping)
                {
                    return;
                }

                NoteEnd();
                (_isKilled, _isRolling, _up) = (false, false, NewSource());
                _down.TrySetResult();
                await StartAgain();
            }
        }
        catch (Exception broken) when (!_isStopping)
        {
            _up = NewSource();
            _up.TrySetException(broken);
            _down.TrySetException(broken);
        }
        catch (Exception) when (_isStopping)
        {
            // It was ended on purpose, and with it what waited for it.
        }
    }

    private void NoteEnd()
    {
        switch (server.ExitCode)
        {
            case ServerProcess.GivenUpExitCode:
                GivenUp++;
                break;
            case 0 when _isRolling:
                break;
            default:
                Count(_isKilled ? CrashPoint.Anywhere : Plan?.Point);
                break;
        }
    }

    private async Task StartAgain()
    {
        Arm(nextPlan());
        while (!_isStopping)
        {
            try
            {
                var recovery = await server.Start();
                _recoveries.Add(recovery);
                _down = NewSource();
                _up.TrySetResult();
                return;
            }
            catch (InvalidOperationException)
                when (server.ExitCode is JournalAwayExitCode or ServerProcess.GivenUpExitCode)
            {
                await Task.Delay(PauseBetweenStarts, TimeProvider.System);
            }
            catch (InvalidOperationException) when (Plan is not null || _isKilled)
            {
                // It was killed, or came to its crash point, before it was ready.
                Count(_isKilled ? CrashPoint.Anywhere : Plan?.Point);
                _isKilled = false;
                Arm(plan: null);
            }
        }
    }

    private void Arm(CrashPlan? plan)
    {
        (Plan, Shift) = (plan, nextShift());
        server.Set(ChaosHook.Crash, plan?.ToString() ?? "");
        server.Set(ChaosHook.ClockShift, Shift.ToString());
    }

    private void Count(CrashPoint? point)
    {
        // Anything else than SIGKILL, such as a fault of the process's own, is no death of ours.
        if (point is not { } known || server.ExitCode is not KilledExitCode)
        {
            throw new InvalidOperationException(
                $"A server died by itself ({server.ExitCode}). It printed:\n{server.Output}"
            );
        }

        _deaths[known] = _deaths.GetValueOrDefault(known) + 1;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
