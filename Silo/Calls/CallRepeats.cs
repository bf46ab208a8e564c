using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using Polly;
using Polly.Retry;

namespace EcosystemSilo.Silo.Calls;

/// <summary>
/// Repeats calls that Orleans could not bring through, until the caller's patience ends. What the grain itself said is
/// an answer and never repeated here.
/// </summary>
internal sealed class CallRepeats
{
    private static readonly ResiliencePropertyKey<long> Until = new("until");

    private readonly ResiliencePipeline<Envelope> _pipeline;

    public CallRepeats()
    {
        var builder = new ResiliencePipelineBuilder<Envelope> { TimeProvider = TimeProvider.System };
        builder.AddRetry(
            new RetryStrategyOptions<Envelope>
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = Limits.CallPauseMin,
                MaxDelay = Limits.CallPauseMax,
                ShouldHandle = arguments =>
                    ValueTask.FromResult(
                        IsOpen(arguments.Outcome)
                            && TimeProvider.System.GetTimestamp() < arguments.Context.Properties.GetValue(Until, 0)
                    ),
            }
        );
        _pipeline = builder.Build();
    }

    /// <summary>
    /// Whether it is Orleans that says that nobody answered: silos come and go, and the next attempt may find another.
    /// It cancels calls that found no place in time; no caller's cancellation reaches a call.
    /// </summary>
    public static bool MayBeRepeated(Exception fault) =>
        fault
            is TimeoutException
                or OperationCanceledException
                or ObjectDisposedException
                or (OrleansException and not LimitExceededException);

    /// <summary>
    /// Calls after a first fault, with growing pauses, until the grain has decided: asked by somebody who does not know
    /// of the fault, it would call its answer a repeat.
    /// </summary>
    /// <param name="patience">How long, by this computer's clock.</param>
    /// <exception cref="GrainUnavailableException">Nobody answered meanwhile.</exception>
    public async Task<Envelope> Insist(GrainKey key, Func<Task<Envelope>> call, TimeSpan patience, Exception first)
    {
        if (patience <= TimeSpan.Zero)
        {
            throw new GrainUnavailableException($"{key} did not answer.", first);
        }

        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        try
        {
            var clock = TimeProvider.System;
            context.Properties.Set(
                Until,
                clock.GetTimestamp() + (long)(patience.TotalSeconds * clock.TimestampFrequency)
            );
            var answer = await _pipeline.ExecuteAsync(static async (_, again) => await again(), context, call);
            return answer.Message is RunAgain
                ? throw new GrainUnavailableException($"{key} kept changing; ask again.", first)
                : answer;
        }
        catch (Exception fault) when (MayBeRepeated(fault))
        {
            throw new GrainUnavailableException($"{key} did not answer.", fault);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool IsOpen(Outcome<Envelope> outcome) =>
        outcome.Exception is { } fault ? MayBeRepeated(fault) : outcome.Result?.Message is RunAgain;
}
