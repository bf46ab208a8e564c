using System.Reflection;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Membership;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>
/// A program of ours from its start to its exit code. What stops the start becomes one line on stderr instead of a
/// stack trace, and a process of which a part has failed does not end as if it had been told to.
/// </summary>
public static class ProcessRun
{
    /// <summary>
    /// Where the process listens and how it stops, and what its host need not say because this class says it better.
    /// </summary>
    /// <param name="defaultUrl">Where it listens when no setting says so.</param>
    /// <exception cref="StartRefusedException">A setting of where it listens is wrong.</exception>
    public static void AddProcessRun(this WebApplicationBuilder builder, string defaultUrl)
    {
        ListenAddresses.Check(builder.Configuration);
        if (!IsPlaceGiven(builder.Configuration))
        {
            builder.WebHost.UseUrls(defaultUrl);
        }
        builder.Services.AddSingleton<Draining>();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddSingleton<IStartupFilter, ClosingConnections>();
        // A failed start with its stack trace; a worker that failed is said at Critical, too, unless it only ends
        // because the start has failed.
        var start = new StartState();
        builder.Services.AddSingleton(start);
        builder.Logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host",
            level => level == LogLevel.Critical && !start.HasFailed
        );
        // A taken port with its stack trace, which is the only thing that Kestrel calls critical.
        builder.Logging.AddFilter(
            "Microsoft.AspNetCore.Server.Kestrel",
            level => level is >= LogLevel.Warning and < LogLevel.Critical
        );
    }

    /// <param name="compose">Puts the program together; its faults are faults of the start.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(Func<WebApplication> compose)
    {
        string? addresses = null;
        // Before all else: whoever tells a process to stop while it begins gets a process that stops in order.
        using var signals = new Signals();
        try
        {
            await using var app = compose();
            addresses = app.Configuration[WebHostDefaults.ServerUrlsKey];
            signals.GoTo(app.Services.GetRequiredService<Draining>());
            if (await Start(app))
            {
                await app.WaitForShutdownAsync();
            }
            return await HowItEnded(app);
        }
        // In a test's process the fault is the test's.
        catch (Exception fault) when (Assembly.GetEntryAssembly() == compose.Method.Module.Assembly)
        {
            return await Explain(StartFaults.Of(fault, addresses) ?? new StartFault(ExitCodes.Failed, $"{fault}"));
        }
    }

    private static bool IsPlaceGiven(IConfiguration settings) =>
        settings[WebHostDefaults.ServerUrlsKey] is not null
        || settings[WebHostDefaults.HttpPortsKey] is not null
        || settings[WebHostDefaults.HttpsPortsKey] is not null
        || settings.GetSection("Kestrel:Endpoints").Exists();

    /// <summary>False when the process was to stop before it had started.</summary>
    private static async Task<bool> Start(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return false;
        }
        catch
        {
            app.Services.GetRequiredService<StartState>().HasFailed = true;
            await StopWhatStarted(app);
            throw;
        }
    }

    /// <summary>A silo that has joined leaves its cluster in order, rather than being missed there.</summary>
    private static async Task StopWhatStarted(WebApplication app)
    {
        if (app.Services.GetService<ISiloStatusOracle>() is not { CurrentStatus: SiloStatus.Active })
        {
            return;
        }
        using var patience = new CancellationTokenSource(Limits.FailedStartStopMax, TimeProvider.System);
        // What had not started need not know how to stop; the fault of the start is what counts.
        await app.StopAsync(patience.Token).ConfigureAwait(Scheduling.Quietly);
    }

    /// <summary>Told to, or for a worker of which the host tells nobody else, also before it had started.</summary>
    private static async Task<int> HowItEnded(WebApplication app)
    {
        var failed = app
            .Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .FirstOrDefault(worker => worker.ExecuteTask is { IsFaulted: true });
        return failed is null
            ? 0
            : await Explain(
                StartFaults.OfRun(failed.ExecuteTask!.Exception!)
                    ?? new StartFault(
                        ExitCodes.Failed,
                        $"The process ended because {failed.GetType().Name} failed: "
                            + failed.ExecuteTask!.Exception!.GetBaseException().Message
                    )
            );
    }

    private static async Task<int> Explain(StartFault fault)
    {
        await Console.Error.WriteLineAsync(fault.Sentence);
        return fault.ExitCode;
    }

    /// <summary>Whether the process will be explained by the fault of its start.</summary>
    private sealed class StartState
    {
        private volatile bool hasFailed;

        public bool HasFailed
        {
            get => hasFailed;
            set => hasFailed = value;
        }
    }
}
