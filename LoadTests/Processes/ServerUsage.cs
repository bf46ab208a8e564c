using System.Globalization;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>What a server has used so far, from /proc: its own process, or a whole PostgreSQL server.</summary>
/// <param name="Cpu">User and system time together.</param>
/// <param name="MemoryBytes">Resident memory, with what is shared counted in each process.</param>
public readonly record struct ServerUsage(TimeSpan Cpu, long MemoryBytes)
{
    /// <summary>The kernel tells times to user space in hundredths of a second, whatever its own clock is.</summary>
    private const double TicksPerSecond = 100;

    public static ServerUsage Of(int process)
    {
        // The name, in brackets, may hold anything; what follows it are numbers.
        var text = File.ReadAllText($"/proc/{process}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = Number(fields[11]) + Number(fields[12]);
        return new ServerUsage(
            TimeSpan.FromSeconds(ticks / TicksPerSecond),
            Number(fields[21]) * Environment.SystemPageSize
        );
    }

    /// <summary>A process and its children, those that have ended included.</summary>
    public static ServerUsage OfFamily(int parent)
    {
        var sum = Of(parent);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process))
            {
                sum += OfChild(process, parent);
            }
        }

        return sum;
    }

    public static ServerUsage operator +(ServerUsage one, ServerUsage other) =>
        new(one.Cpu + other.Cpu, one.MemoryBytes + other.MemoryBytes);

    private static ServerUsage OfChild(int process, int parent)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return Number(fields[1]) == parent ? Of(process) : default;
        }
        catch (IOException)
        {
            // It ended while we looked.
            return default;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
