using System.Globalization;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary>What all processors of this machine have done so far, from /proc/stat, in the kernel's ticks.</summary>
internal readonly record struct MachineUse(long Idle, long All)
{
    private const int TimesInAll = 8;

    /// <summary>Processes that want a processor, on average over the last minute.</summary>
    public static double Load =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public static MachineUse Now
    {
        get
        {
            // "cpu", and then user, nice, system, idle, waiting for disks, and interrupts; guests are in user already.
            var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var times = fields.Skip(1).Take(TimesInAll).Select(long.Parse).ToList();
            return new MachineUse(times[3] + times[4], times.Sum());
        }
    }

    public double IdleShare => All == 0 ? 1 : (double)Idle / All;

    public static MachineUse operator -(MachineUse after, MachineUse before) =>
        new(after.Idle - before.Idle, after.All - before.All);

    public static MachineUse operator +(MachineUse one, MachineUse other) =>
        new(one.Idle + other.Idle, one.All + other.All);
}
