using System.Numerics;

namespace EcosystemSilo.LoadTests.Generator;

/// <summary>
/// Counts durations in buckets that grow with the value, as HdrHistogram does: 64 buckets to every doubling, so that
/// a percentile is at most 1.6 % above the truth, from one microsecond to more than an hour, in 18 KB.
/// </summary>
internal sealed class Histogram
{
    private const int StepBits = 6;
    private const int Steps = 1 << StepBits;
    private const int Doublings = 36;

    private readonly long[] _counts = new long[Doublings * Steps];

    public long Count { get; private set; }

    public TimeSpan Max { get; private set; }

    public void Record(TimeSpan duration)
    {
        _counts[BucketOf(Math.Max(0, (long)duration.TotalMicroseconds))]++;
        Count++;
        Max = duration > Max ? duration : Max;
    }

    public void Add(Histogram other)
    {
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }

        Count += other.Count;
        Max = other.Max > Max ? other.Max : Max;
    }

    /// <param name="percent">0 to 100; at least so many per cent took no longer than the answer.</param>
    public TimeSpan Percentile(double percent)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(Count * percent / 100));
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= wanted)
            {
                var highest = TimeSpan.FromMicroseconds(HighestOf(bucket));
                return highest < Max ? highest : Max;
            }
        }

        return TimeSpan.Zero;
    }

    private static int BucketOf(long microseconds)
    {
        var doubling = Math.Max(0, BitOperations.Log2((ulong)microseconds | 1) - StepBits);
        var bucket = (doubling << StepBits) + (int)(microseconds >> doubling);
        return Math.Min(bucket, (Doublings * Steps) - 1);
    }

    private static long HighestOf(int bucket)
    {
        var doubling = Math.Max(0, (bucket >> StepBits) - 1);
        return ((bucket - ((long)doubling << StepBits) + 1) << doubling) - 1;
    }
}
