using EcosystemSilo.LoadTests.Chaos.Hooks;
using EcosystemSilo.LoadTests.Processes;

#pragma warning disable CA1050, MA0047 // The runtime looks for exactly this name, outside any namespace.
/// <summary>
/// What the runtime runs first in a process that is started with <c>DOTNET_STARTUP_HOOKS</c> naming this program: a
/// server that is measured, or the gateway under chaos. The server itself knows nothing of it.
/// </summary>
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    public static void Initialize()
    {
        if (!RuntimeFigures.Serve())
        {
            ChaosHook.Install();
        }
    }
}
