namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>A person's part in a customer program; who the person is, is known to their own grain alone.</summary>
/// <param name="Invitation">By which invitation they came.</param>
public sealed record EnrolmentCard(
    CustomerProgramId Program,
    PersonId Person,
    long Version,
    InvitationId Invitation,
    DateTimeOffset EnrolledAt,
    DateTimeOffset? WithdrawnAt
);

/// <param name="Withdrawn">Only those who withdrew, or only those who take part; null means both.</param>
public sealed record EnrolmentQuery(CustomerProgramId Program, bool? Withdrawn = null);

/// <summary>Who takes or took part in customer programs, as the journal's reader last saw it.</summary>
public interface IEnrolmentList
{
    Page<EnrolmentCard> Find(EcosystemId ecosystem, EnrolmentQuery query, PageRequest page);
}
