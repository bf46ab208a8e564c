using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>Which customer programs are wanted; null means any.</summary>
/// <param name="Partner">Whose programs; for callers of role partner always their own.</param>
/// <param name="Text">Part of the id, name, customer or partner, in any case.</param>
public sealed record CustomerProgramQuery(
    Phase? Phase = null,
    ProgramStatus? Status = null,
    ProgramType? Type = null,
    PartnerId? Partner = null,
    string? Text = null
);

/// <summary>The customer programs of an ecosystem, as the journal's reader last saw them.</summary>
public interface ICustomerProgramList
{
    Page<CustomerProgramCard> Find(EcosystemId ecosystem, CustomerProgramQuery query, PageRequest page);
}
