using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Membership;

/// <summary>Ends this process with an exit code; a test's silo shares its process and ends otherwise.</summary>
internal delegate void EndProcess(int exitCode);

/// <summary>The end of a real process, which nothing comes after.</summary>
internal static class ProcessEnd
{
    public static void Register(IServiceCollection services) =>
        services.TryAddSingleton(provider => Exit(provider.GetRequiredService<ILoggerFactory>()));

    private static EndProcess Exit(ILoggerFactory loggers) =>
        exitCode =>
        {
            // The console's log is written by a thread of its own; closing it waits for that.
            loggers.Dispose();
            Environment.Exit(exitCode);
        };
}
