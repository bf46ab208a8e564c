using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace EcosystemSilo.LoadTests.Chaos.Faults;

/// <summary>One place in a <see cref="PrivateNetwork"/>: a network namespace with an address of its own.</summary>
/// <param name="Within">The command that starts a program there.</param>
internal sealed record Place(string Name, IPAddress Address, IReadOnlyList<string> Within);

/// <summary>
/// A network of this machine's own, in which packets between any two places can be made to vanish: each place is a
/// namespace on one bridge, and this program is at the bridge. What is cut off is not told; it hears nothing, as with a
/// broken switch. Needs root.
/// </summary>
internal sealed class PrivateNetwork : IDisposable
{
    private const string Prefix = "esilo-";

    /// <summary>An address of no card: the bridge brings what is sent there to nobody.</summary>
    private const string Nowhere = "02:00:00:00:00:fe";

    private readonly string _bridge = $"es{Environment.ProcessId % 100_000}b";
    private readonly string _subnet = $"10.{200 + (Environment.ProcessId % 50)}.{Environment.ProcessId / 50 % 250}";
    private readonly List<Place> _places = [];

    private PrivateNetwork()
    {
        AppDomain.CurrentDomain.ProcessExit += RemoveWithThisProcess;
        Ip("link", "add", _bridge, "type", "bridge");
        Ip("addr", "add", $"{Here}/24", "dev", _bridge);
        Ip("link", "set", _bridge, "up");
    }

    /// <summary>Why this machine cannot have one; null when it can.</summary>
    public static string? Problem { get; } = FindProblem();

    /// <summary>Where this program is in the network.</summary>
    public IPAddress Here => IPAddress.Parse($"{_subnet}.1");

    /// <exception cref="InvalidOperationException">This machine cannot have one.</exception>
    public static PrivateNetwork Create()
    {
        if (Problem is not null)
        {
            throw new InvalidOperationException(Problem);
        }

        RemoveLeftovers();
        return new PrivateNetwork();
    }

    public Place NewPlace()
    {
        var number = _places.Count + 1;
        var name = $"{Prefix}{Environment.ProcessId}-{number}";
        var card = $"es{Environment.ProcessId % 100_000}v{number}";
        var place = new Place(name, IPAddress.Parse($"{_subnet}.{10 + number}"), ["ip", "netns", "exec", name]);
        Ip("netns", "add", name);
        _places.Add(place);
        Ip("link", "add", card, "type", "veth", "peer", "name", "eth0", "netns", name);
        Ip("link", "set", card, "master", _bridge, "up");
        Ip("-n", name, "addr", "add", $"{place.Address}/24", "dev", "eth0");
        Ip("-n", name, "link", "set", "eth0", "up");
        Ip("-n", name, "link", "set", "lo", "up");
        return place;
    }

    /// <summary>From now on nothing passes between the two, in either direction.</summary>
    public static void Cut(Place one, Place other)
    {
        Cut(one, other.Address);
        Cut(other, one.Address);
    }

    /// <summary>From now on nothing comes from the place to this address.</summary>
    public static void Cut(Place from, IPAddress to) =>
        Ip("-n", from.Name, "neigh", "replace", $"{to}", "lladdr", Nowhere, "nud", "permanent", "dev", "eth0");

    public static void Heal(Place one, Place other)
    {
        Heal(one, other.Address);
        Heal(other, one.Address);
    }

    /// <summary>Makes good what <see cref="Cut(Place, IPAddress)"/> did.</summary>
    public static void Heal(Place from, IPAddress to) => Ip("-n", from.Name, "neigh", "del", $"{to}", "dev", "eth0");

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= RemoveWithThisProcess;
        Remove();
    }

    private void RemoveWithThisProcess(object? sender, EventArgs exit) => Remove();

    private void Remove()
    {
        foreach (var place in _places)
        {
            TryIp("netns", "del", place.Name);
        }

        TryIp("link", "del", _bridge);
    }

    /// <summary>What a program that was killed has left behind.</summary>
    private static void RemoveLeftovers()
    {
        if (!Directory.Exists("/run/netns"))
        {
            return;
        }

        foreach (var name in Directory.EnumerateFileSystemEntries("/run/netns").Select(file => Path.GetFileName(file)))
        {
            if (
                name.StartsWith(Prefix, StringComparison.Ordinal)
                && int.TryParse(name.Split('-')[1], CultureInfo.InvariantCulture, out var owner)
                && !Directory.Exists($"/proc/{owner}")
            )
            {
                TryIp("netns", "del", name);
                TryIp("link", "del", $"es{owner % 100_000}b");
            }
        }
    }

    private static string? FindProblem()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "Network namespaces need Linux and root.";
        }

        var name = $"{Prefix}{Environment.ProcessId}-0";
        try
        {
            Ip("netns", "add", name);
            Ip("-n", name, "link", "add", "one", "type", "veth", "peer", "name", "other");
            Ip("-n", name, "link", "add", "br0", "type", "bridge");
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"This machine gives no network namespaces: {fault.Message.Trim()}";
        }
        finally
        {
            TryIp("netns", "del", name);
        }
    }

    private static void Ip(params string[] arguments)
    {
        var fault = Run(arguments);
        if (fault is not null)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)} failed: {fault}");
        }
    }

    /// <summary>For cleaning up, where what is gone already is as good.</summary>
    private static void TryIp(params string[] arguments)
    {
        try
        {
            Run(arguments);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program, and then there was nothing to clean up.
        }
    }

    private static string? Run(string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : errors;
    }
}
