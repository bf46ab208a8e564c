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
    /// <summary>What ends a process that has long run, and needs no report.</summary>
    public static StartFault? OfRun(Exception fault) =>
        Chain(fault)
            .Where(one => one is UnknownEventException or StartRefusedException)
            .Select(one => Explain(one, addresses: null))
            .FirstOrDefault();

    /// <summary>Null for a fault that nothing foresaw: then all of it is worth reading.</summary>
    /// <param name="addresses">Where the process was told to listen, if it came to know.</param>
    public static StartFault? Of(Exception fault, string? addresses = null) =>
        Chain(fault).Select(one => Explain(one, addresses)).FirstOrDefault(explained => explained is not null);

    private static StartFault? Explain(Exception fault, string? addresses) =>
        fault switch
        {
            StartRefusedException refused => new(refused.ExitCode, refused.Message),
            OptionsValidationException settings => new(ExitCodes.Settings, string.Join(' ', settings.Failures)),
            JournalNewerException newer => new(ExitCodes.NewerJournal, newer.Message),
            JournalMisconfiguredException journal => new(ExitCodes.Settings, journal.Message),
            JournalUnavailableException or DbException => WrongDatabase(fault) ?? Away(fault),
            UnknownEventException newer => new(ExitCodes.NewerJournal, newer.Message),
            ClusterPortException port => new(
                ExitCodes.PortTaken,
                $"{port.Message} Set another port, or end that process."
            ),
            IOException { InnerException: AddressInUseException } => NotListening(fault, addresses),
            AddressInUseException or SocketException => NotListening(fault, addresses),
            _ => null,
        };

    /// <summary>Of all that a start opens, only the addresses of HTTP are left here.</summary>
    private static StartFault NotListening(Exception fault, string? addresses) =>
        new(
            ExitCodes.PortTaken,
            $"An address of ASPNETCORE_URLS{(addresses is null ? "" : $"={addresses}")} cannot be listened on: {Ended(fault.Message)} "
                + "Set another address or port, or end the process that uses it."
        );

    private static StartFault Away(Exception away) =>
        new(
            ExitCodes.JournalAway,
            $"The journal cannot be opened: {Ended(away.Message)} "
                + "Check Journal__ConnectionString, or Data__Folder where that is not set, and that its store runs."
        );

    /// <summary>
    /// A server that answers, and knows no such database (3D000) or user (28000), or another password (28P01), will say
    /// the same tomorrow.
    /// </summary>
    private static StartFault? WrongDatabase(Exception fault) =>
        Chain(fault).OfType<DbException>().FirstOrDefault(said => said.SqlState is "3D000" or "28000" or "28P01")
            is { } refusal
            ? new(
                ExitCodes.Settings,
                $"Journal__ConnectionString names a database, user or password that the server refuses: "
                    + Ended(refusal.Message)
            )
            : null;

    private static string Ended(string sentence) => sentence.Trim().TrimEnd('.') + ".";

    /// <summary>A fault and what it came from, the outermost first.</summary>
    private static IEnumerable<Exception> Chain(Exception fault) =>
        fault is AggregateException several
            ? several.InnerExceptions.SelectMany(Chain)
            : [fault, .. fault.InnerException is { } cause ? Chain(cause) : []];
}
