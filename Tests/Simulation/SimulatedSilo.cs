using System.Reflection;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Blueprints;
using EcosystemSilo.Silo.Calls;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Outbound;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>The connection broke before the answer came: nobody knows what became of the command.</summary>
internal sealed class ConnectionLostException() : Exception("The silo died before it answered.");

/// <summary>
/// One start of the product: the services of a host, composed as in the product, each started as work of one simulated
/// process.
/// </summary>
internal sealed class SimulatedSilo
{
    private static readonly MethodInfo Execute = typeof(BackgroundService).GetMethod(
        "ExecuteAsync",
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;

    private static readonly IConfiguration NoSettings = new ConfigurationBuilder().Build();

    /// <summary>
    /// Nothing is looked for every second for a whole year; longer than a caller waits, and shorter than the machine
    /// sleeps.
    /// </summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(10);

    private readonly SimulatedNetwork _network;
    private readonly Dictionary<int, Action> _openCalls = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _gone = new();
    private readonly List<(IHostedService Service, Task Running)> _started = [];
    private ServiceProvider? _services;
    private Exception? _startFault;
    private int _calls;

    private SimulatedSilo(SimulatedProcess process, SimulatedNetwork network) =>
        (Process, _network) = (process, network);

    public SimulatedProcess Process { get; }

    public string Name => Process.Name;

    /// <summary>Completes when it was killed or has stopped.</summary>
    public Task Gone => _gone.Task;

    /// <summary>It has started and caught up with the journal; the proxy sends it traffic.</summary>
    public bool IsReady { get; private set; }

    public ReadModelReader Reader => Of<ReadModelReader>();

    public T Of<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    /// <summary>Why a part of the silo ended by itself, which none ever should.</summary>
    public IEnumerable<string> Failures() =>
        _started
            .Where(part => part.Running.IsFaulted)
            .Select(part => $"{part.Service.GetType().Name} ended: {part.Running.Exception!.InnerException}")
            .Concat(_startFault is null ? [] : [$"{Name} did not start: {_startFault}"]);

    /// <summary>Starts a silo; it becomes ready by itself, or dies like a process that could not start.</summary>
    /// <param name="carrier">Brings notifications to endpoints; null where none are sent.</param>
    public static SimulatedSilo Start(
        SimulatedProcess process,
        SimulatedNetwork network,
        ICarrier? carrier,
        Func<TimeProvider, IJournal> journal,
        SiloOptions options
    )
    {
        var silo = new SimulatedSilo(process, network);
        _ = process.Run(() => silo.Begin(journal(process.Clock), carrier, options));
        return silo;
    }

    /// <summary>Asks the silo, as a gateway, over a connection that breaks when the silo is killed.</summary>
    public Task<T> Call<T>(Func<IGrains, Task<T>> ask) => Connected(() => ask(Of<IGrains>()));

    /// <summary>Has a call handled by the silo's own activation of the grain.</summary>
    public Task<Envelope> Handle(Envelope call) => Connected(() => HandleHere(call));

    /// <inheritdoc cref="Handle"/>
    public Task<Envelope> HandleHere(Envelope call) => Of<CoreRunner>().Handle(call);

    private Task<T> Connected<T>(Func<Task<T>> work)
    {
        var answer = new TaskCompletionSource<T>();
        var number = _calls++;
        _openCalls.Add(number, () => answer.TrySetException(new ConnectionLostException()));
        _ = Process.Run(async () =>
        {
            try
            {
                answer.TrySetResult(await work());
            }
            catch (Exception fault)
            {
                answer.TrySetException(fault);
            }

            _openCalls.Remove(number);
        });
        return answer.Task;
    }

    public void Kill()
    {
        Process.Kill();
        IsReady = false;
        foreach (var breakOff in _openCalls.Values)
        {
            breakOff();
        }

        _openCalls.Clear();
        _services?.GetService<SiloMetrics>()?.Dispose();
        _services?.GetService<ReadModelMetrics>()?.Dispose();
        _services?.GetService<OutboundMetrics>()?.Dispose();
        _gone.TrySetResult();
    }

    /// <summary>Stops as a host does: in the opposite order of the start, then the journal.</summary>
    public Task Stop() =>
        Process.Run(async () =>
        {
            IsReady = false;
            foreach (var (service, running) in Enumerable.Reverse(_started))
            {
                if (service is BackgroundService)
                {
                    _stopping.Cancel();
                    await running.ConfigureAwait(Scheduling.Quietly);
                }

                await service.StopAsync(CancellationToken.None);
            }

            // The container would dispose the rest on the thread pool; with the process its timers are gone anyway.
            await Of<IJournal>().DisposeAsync();
            Kill();
        });

    private async Task Begin(IJournal journal, ICarrier? carrier, SiloOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(Process.Clock);
        services.AddSingleton<IKeySafe, OpenSafe>();
        // Others may be on the same disk.
        services.AddProcess(NoSettings, new ClusterOptions { Role = ClusterRole.Both }, isDemo: false, AddRunner);
        if (carrier is not null)
        {
            services.AddSingleton(carrier).AddOutbound();
        }

        services.AddSingleton(options);
        services.AddSingleton(new WaitClock(Process.Clock) { LookInterval = LookInterval });
        services.AddSingleton(_ => journal);
        _services = services.BuildServiceProvider();
        try
        {
            foreach (var service in _services.GetServices<IHostedService>())
            {
                await Begin(service);
            }

            await Reader.CaughtUp;
            IsReady = true;
            _ = ForgetNowAndThen(options.IdleAfter);
        }
        catch (JournalUnavailableException)
        {
            Kill();
        }
        catch (Exception bug)
        {
            _startFault = bug;
            Kill();
        }
    }

    private async Task Begin(IHostedService service)
    {
        if (service is BackgroundService)
        {
            // Not by StartAsync, which would start it on the thread pool.
            _started.Add((service, (Task)Execute.Invoke(service, [_stopping.Token])!));
        }
        // Files are read by the thread pool; the simulation publishes its blueprints itself.
        else if (service is not BlueprintPublisher)
        {
            await service.StartAsync(CancellationToken.None);
            _started.Add((service, Task.CompletedTask));
        }
    }

    /// <summary>Every activation that is idle at that moment ends, as idle ones do.</summary>
    private async Task ForgetNowAndThen(TimeSpan pause)
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(pause, Process.Clock);
            Of<CoreRunner>().ForgetIdle();
        }
    }

    private void AddRunner(IServiceCollection services) =>
        services
            .AddSingleton(provider => new CoreRunner(provider.GetRequiredService<CoreHost>(), Process))
            .AddSingleton<IGrains>(new SimulatedGrains(this, _network));
}
