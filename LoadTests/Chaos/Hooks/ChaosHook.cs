using System.Diagnostics;
using System.Runtime.InteropServices;
using EcosystemSilo.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EcosystemSilo.LoadTests.Chaos.Hooks;

/// <summary>
/// Puts crash points, planted bugs, another clock and other builds' doings into a server of the ordinary build, from
/// outside: a startup hook that waits for the host to be built, as test hosts do, and wraps the journal and replaces
/// the clock. Each is asked for by an environment variable.
/// </summary>
internal static class ChaosHook
{
    public const string Crash = "CHAOS_CRASH";
    public const string Bug = "CHAOS_BUG";
    public const string ClockShift = "CHAOS_CLOCK_SHIFT";

    /// <summary>The unix socket on which a silo tells its grains.</summary>
    public const string Where = "CHAOS_WHEREABOUTS";

    /// <summary>Set to <c>orleans</c>, a silo has Orleans' own settings of membership.</summary>
    public const string Membership = "CHAOS_MEMBERSHIP";

    /// <summary>One of <see cref="Build"/>.</summary>
    public const string BuildOf = "CHAOS_BUILD";

    /// <summary>What starts a process with this hook in it.</summary>
    public static (string Name, string Value) Start => ("DOTNET_STARTUP_HOOKS", typeof(ChaosHook).Assembly.Location);

    /// <summary>SIGXFSZ on Linux, which ends a process that writes beyond its limit unless it is handled.</summary>
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    private static PosixSignalRegistration? _fileTooLarge;

    public static void Install()
    {
        _fileTooLarge = PosixSignalRegistration.Create(FileTooLarge, signal => signal.Cancel = true);
        DiagnosticListener.AllListeners.Subscribe(new Hosts());
    }

    private static void Change(IServiceCollection services)
    {
        if (Setting(ClockShift) is { } shift)
        {
            services.AddSingleton<TimeProvider>(new ShiftedClock(TimeSpan.Parse(shift)));
        }

        if (Setting(Membership) is not null)
        {
            OrleansMembership.Put(services);
        }

        if (Setting(BuildOf) is { } build)
        {
            Wrap(services, journal => OtherBuild.Around(journal, Enum.Parse<Build>(build)));
        }

        if (Setting(Where) is { } socket)
        {
            Wrap(services, journal => Whereabouts.Around(journal, socket));
        }

        if (Setting(Bug) is { } bug)
        {
            Wrap(services, journal => PlantedBug.In(journal, Enum.Parse<Bug>(bug)));
        }

        if (Setting(Crash) is { } crash)
        {
            var plan = CrashPlan.Parse(crash);
            Wrap(services, journal => CrashingJournal.Around(journal, plan));
        }
    }

    private static void Wrap(IServiceCollection services, Func<IJournal, IJournal> wrap)
    {
        var own = services.Last(service => service.ServiceType == typeof(IJournal)).ImplementationFactory!;
        services.AddSingleton(provider => wrap((IJournal)own(provider)));
    }

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private sealed class Hosts : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder host })
            {
                host.ConfigureServices((_, services) => Change(services));
            }
        }

        public void OnCompleted()
        {
            // Nothing was opened.
        }

        public void OnError(Exception error)
        {
            // Diagnostics report none.
        }
    }
}

/// <summary>The computer's clock, put forward or back.</summary>
internal sealed class ShiftedClock(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
}
