using System.Data.Common;
using System.Net.Sockets;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Membership;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>
/// What stopped a start, as a sentence that names the setting, and the exit code that says it to
/// machines.
/// </summary>
internal sealed record StartFault(int ExitCode, string Sentence);

/// <summary>Reads a fault of the start for whoever has to mend it.</summary>
internal static class StartFaults
{
    /// <summary>Null for a fault that nothing foresaw: then all of it is worth reading.</summary>
    public static StartFault? Of(Exception fault) =>
        Chain(fault).Select(Explain).FirstOrDefault(explained => explained is not null);

    private static StartFault? Explain(Exception fault) =>
        fault switch
        {
            StartRefusedException refused => new(refused.ExitCode, refused.Message),
            OptionsValidationException settings => new(ExitCodes.Settings, string.Join(' ', settings.Failures)),
            JournalNewerException newer => new(ExitCodes.NewerJournal, newer.Message),
            JournalMisconfiguredException journal => new(ExitCodes.Settings, journal.Message),
            JournalUnavailableException away => Away(away),
            DbException away => Away(away),
            ClusterPortException port => new(
                ExitCodes.PortTaken,
                $"{port.Message} Set another port, or end that process."
            ),
            IOException { InnerException: AddressInUseException } => NotListening(fault),
            AddressInUseException or SocketException => NotListening(fault),
            _ => null,
        };

    /// <summary>Of all that a start opens, only the addresses of HTTP are left here.</summary>
    private static StartFault NotListening(Exception fault) =>
        new(
            ExitCodes.PortTaken,
            $"An address of ASPNETCORE_URLS cannot be listened on: {Ended(fault.Message)} "
                + "Set another address or port, or end the process that uses it."
        );

    private static StartFault Away(Exception away) =>
        new(
            ExitCodes.JournalAway,
            $"The journal cannot be opened: {Ended(away.Message)} "
                + "Check Journal__ConnectionString, and that its store runs."
        );

    private static string Ended(string sentence) => sentence.Trim().TrimEnd('.') + ".";

    /// <summary>A fault and what it came from, the outermost first.</summary>
    private static IEnumerable<Exception> Chain(Exception fault) =>
        fault is AggregateException several
            ? several.InnerExceptions.SelectMany(Chain)
            : [fault, .. fault.InnerException is { } cause ? Chain(cause) : []];
}
