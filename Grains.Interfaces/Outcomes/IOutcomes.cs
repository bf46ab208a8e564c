namespace EcosystemSilo.Grains.Interfaces.Outcomes;

/// <summary>Whose outcomes are wanted.</summary>
/// <param name="Program">One program of the partner; null: all of them together.</param>
public sealed record OutcomeQuery(
    EcosystemId Ecosystem,
    PartnerId Partner,
    CustomerProgramId? Program,
    OutcomePeriod Period
);

/// <summary>
/// What customer programs do for the people in them, as figures about groups (A §Partner Success Metrics, "Health
/// Outcome Metrics"). Nothing that is given out here is about fewer people than the blueprint's smallest cell, or lets
/// such a figure be worked out.
/// </summary>
public interface IOutcomes
{
    /// <summary>
    /// Answers from what was computed a few minutes ago, or computes: some seconds for ten thousand people.
    /// </summary>
    /// <exception cref="GrainUnavailableException">The journal does not answer; try again.</exception>
    Task<OutcomesView> Find(OutcomeQuery query, CancellationToken cancellation);
}
