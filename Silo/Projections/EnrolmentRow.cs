using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Silo.Projections;

/// <param name="Born">Position of the first event, the order of lists.</param>
internal sealed record EnrolmentRow(string Id, long Born, EnrolmentCard Card) : IRow
{
    public static EnrolmentRow? Fold(EnrolmentRow? row, Fact fact) =>
        fact.Version <= row?.Card.Version
            ? row
            : (row, fact.Body) switch
            {
                (_, EnrolmentStarted e) => new EnrolmentRow(
                    fact.Grain.Id,
                    row?.Born ?? fact.Position,
                    new EnrolmentCard(e.Program, e.Person, fact.Version, e.Invitation, e.At, WithdrawnAt: null)
                ),
                ({ }, EnrolmentWithdrawn e) => row with
                {
                    Card = row.Card with { Version = fact.Version, WithdrawnAt = e.At },
                },
                ({ }, _) => row with { Card = row.Card with { Version = fact.Version } },
                (null, _) => null,
            };
}
