using Spectre.Console;

namespace EcosystemSilo.LoadTests.Reports;

/// <summary>Room for tables where the output is no terminal, which would have a width of its own.</summary>
internal static class WideConsole
{
    private const int WidthWhenPiped = 160;

    public static void Widen(this IAnsiConsole console)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthWhenPiped;
        }
    }
}
