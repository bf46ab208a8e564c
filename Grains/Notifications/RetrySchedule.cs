using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Notifications;

namespace EcosystemSilo.Grains.Notifications;

/// <summary>
/// When a notification is tried again. A decision must not be left to chance, so jitter comes from a hash.
/// </summary>
public static class RetrySchedule
{
    /// <param name="round">Attempts of this round so far, the failed one included.</param>
    /// <returns>Null when the round is over.</returns>
    public static DateTimeOffset? Next(GrainKey notification, int round, Attempt failed)
    {
        if (round >= NotificationLimits.Pauses.Count)
        {
            return null;
        }

        var next = failed.At + (NotificationLimits.Pauses[round] * Spread(notification, round));
        var asked = failed.At + RetryAfter(failed);
        return asked > next ? asked : next;
    }

    /// <summary>When the receiver would like to be asked again, as far as that is granted.</summary>
    public static TimeSpan RetryAfter(Attempt failed)
    {
        var asked = TimeSpan.FromSeconds(failed.RetryAfterSeconds ?? 0);
        return asked < NotificationLimits.RetryAfterMax ? asked : NotificationLimits.RetryAfterMax;
    }

    /// <summary>From 0.8 to 1.2, the same every time for this attempt.</summary>
    private static double Spread(GrainKey notification, int round)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{notification}#{round}"));
        var share = BinaryPrimitives.ReadUInt32LittleEndian(hash) / (double)uint.MaxValue;
        return 1 + (NotificationLimits.Jitter * ((2 * share) - 1));
    }
}
