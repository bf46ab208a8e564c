using System.CommandLine;

namespace EcosystemSilo.LoadTests;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Measures EcosystemSilo against honest peers, on this machine only.");
        root.Subcommands.Add(ProcessesCommand.Create());
        return root.Parse(args).InvokeAsync();
    }
}
