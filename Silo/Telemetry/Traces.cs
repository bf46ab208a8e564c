using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.Silo.Telemetry;

/// <summary>
/// Spans of what follows from an event, in the trace of the request behind it. An event keeps its correlation, which is
/// that trace's id unless the caller chose another; so a trace goes on through the journal, in whatever process and
/// however much later, without anything more being stored.
/// </summary>
internal static class Traces
{
    private const int TraceIdCharacters = 32;

    private static readonly ActivitySource Source = new(Instruments.Ours);

    /// <summary>Null when nobody takes traces.</summary>
    /// <param name="correlation">That of the event that it follows from.</param>
    public static Activity? Follow(string name, ActivityKind kind, string correlation)
    {
        if (!Source.HasListeners() || correlation.Length == 0)
        {
            return null;
        }

        var trace = new ActivityContext(TraceOf(correlation), default, ActivityTraceFlags.Recorded, isRemote: true);
        return Source.StartActivity(name, kind, trace)?.SetTag("correlation", correlation);
    }

    /// <summary>What follows from one request is one trace, also where a caller named it in a way of its own.</summary>
    internal static ActivityTraceId TraceOf(string correlation) =>
        correlation.Length == TraceIdCharacters
        && correlation.All(char.IsAsciiHexDigitLower)
        && correlation.AsSpan().ContainsAnyExcept('0')
            ? ActivityTraceId.CreateFromString(correlation)
            : ActivityTraceId.CreateFromBytes(
                SHA256.HashData(Encoding.UTF8.GetBytes(correlation)).AsSpan(0, TraceIdCharacters / 2)
            );
}
