using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.WearableStreams;

/// <summary>When a fetch is tried again. A decision must not be left to chance, so jitter comes from a hash.</summary>
internal static class FetchSchedule
{
    /// <returns>Null when it has been tried often or long enough.</returns>
    public static DateTimeOffset? Next(DecisionContext context, PendingFetch fetch, RecordFetch attempt)
    {
        var isFailure = attempt.Outcome == FetchOutcome.Failed;
        var failures = fetch.Failures + (isFailure ? 1 : 0);
        var pauses = WearableStreamLimits.FetchPauses;
        if (failures > pauses.Count || context.Now - fetch.RequestedAt > WearableStreamLimits.FetchGivenUpAfter)
        {
            return null;
        }

        var pause = pauses[Math.Max(failures - 1, 0)];
        var asked = TimeSpan.FromSeconds(attempt.RetryAfterSeconds ?? 0);
        asked = asked < WearableStreamLimits.FetchRetryAfterMax ? asked : WearableStreamLimits.FetchRetryAfterMax;
        pause = asked > pause ? asked : pause;
        return context.Now + pause + TimeSpan.FromSeconds(Math.Floor(pause.TotalSeconds * Spread(context, fetch)));
    }

    /// <summary>From 0 to the limit, the same every time for this attempt.</summary>
    private static double Spread(DecisionContext context, PendingFetch fetch)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{context.Key}#{fetch.Number}#{fetch.Attempts}"));
        return BinaryPrimitives.ReadUInt32LittleEndian(hash) / (double)uint.MaxValue * WearableStreamLimits.FetchJitter;
    }
}
