using System.CommandLine;
using EcosystemSilo.LoadTests.Baselines;
using EcosystemSilo.LoadTests.Chaos;
using EcosystemSilo.LoadTests.Clusters;
using EcosystemSilo.LoadTests.EventHubs;
using EcosystemSilo.LoadTests.Overload;
using EcosystemSilo.LoadTests.Pauses;

namespace EcosystemSilo.LoadTests;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Measures EcosystemSilo against honest peers, on this machine only.")
        {
            CompareCommand.Create(),
            CompareCommand.CreateStreams(),
            RunCommand.Create(),
            ClusterCommand.Create(),
            ChaosCommand.Create(),
            EventHubsCommand.Create(),
            RecoveryCommand.Create(),
            RollingCommand.Create(),
            RollingCommand.CreateWave(),
            MixedCommand.Create(),
            OverloadCommand.Create(),
            PauseCommand.Create(),
            BaselineCommand.Create(),
        };
        return root.Parse(args).InvokeAsync();
    }
}
