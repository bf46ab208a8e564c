using System.Collections.Immutable;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Mapping;

namespace EcosystemSilo.Gateway.CustomerPrograms;

/// <summary>Starts a program of a partner for a customer.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Partner">The partner that runs it.</param>
/// <param name="Customer">For whose people it is.</param>
/// <param name="Type">What kind of program it is.</param>
/// <param name="Starts">When it starts.</param>
/// <param name="Ends">When it ends unless it is renewed; up to ten years ahead.</param>
/// <param name="Eligibility">Who may take part; everybody with an invitation when left out.</param>
/// <param name="Goals">What it is to reach.</param>
/// <param name="Capacity">How many may take part at a time; any number when left out.</param>
/// <param name="Template">A template of the blueprint, whose checklist is added.</param>
/// <param name="Id">The program's id; left out, one is made.</param>
public sealed record CreateProgramRequest(
    string Name,
    PartnerId Partner,
    Customer Customer,
    ProgramType Type,
    DateTimeOffset Starts,
    DateTimeOffset Ends,
    Eligibility? Eligibility = null,
    ProgramGoals? Goals = null,
    int? Capacity = null,
    TemplateId? Template = null,
    CustomerProgramId? Id = null
) : IRequest<CreateProgramRequest>
{
    public static CreateProgramRequest Read(Fields fields) =>
        new(
            fields.Text("name", FieldLimits.NameLengthMax),
            fields.Id<PartnerId>("partner"),
            DealFields.ReadCustomer(fields),
            fields.Word<ProgramType>("type"),
            fields.Time("starts"),
            fields.Time("ends"),
            ProgramFields.ReadEligibility(fields),
            ProgramFields.ReadGoals(fields),
            ProgramFields.ReadCapacity(fields),
            fields.OptionalId<TemplateId>("template"),
            fields.OptionalId<CustomerProgramId>("id")
        );

    public CreateProgram ToCommand() =>
        new(Name, Partner, Customer, Type, Starts, Ends, Eligibility, Goals, Capacity, Template);
}

/// <summary>Makes an invitation code.</summary>
/// <param name="UsesMax">How many people may enrol with it.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record CreateInvitationRequest(int UsesMax, DateTimeOffset ExpiresAt) : IRequest<CreateInvitationRequest>
{
    public static CreateInvitationRequest Read(Fields fields) =>
        new(fields.Integer("usesMax", 1, GatewayLimits.PlacesMax), fields.Time("expiresAt"));
}

/// <summary>Goes on until a later end.</summary>
/// <param name="Ends">The new end.</param>
public sealed record RenewProgramRequest(DateTimeOffset Ends) : IRequest<RenewProgramRequest>
{
    public static RenewProgramRequest Read(Fields fields) => new(fields.Time("ends"));
}

/// <summary>Enrols a person by an invitation code.</summary>
/// <param name="Person">A registered person.</param>
/// <param name="Code">The invitation code as it was typed.</param>
/// <param name="Email">For programs that ask for an address at the customer's; decided on and not kept.</param>
/// <param name="BornOn">For programs that ask for an age; decided on and not kept.</param>
public sealed record EnrolRequest(PersonId Person, string Code, string? Email = null, DateOnly? BornOn = null)
    : IRequest<EnrolRequest>
{
    public static EnrolRequest Read(Fields fields) =>
        new(
            fields.Id<PersonId>("person"),
            fields.Text("code", GatewayLimits.CodeLengthMax),
            fields.OptionalText("email", GatewayLimits.EmailLengthMax),
            fields.OptionalDate("bornOn")
        );

    public EnrolPerson ToCommand() => new(Person, InvitationCode.HashOf(Code), Email?.Split('@')[^1], BornOn);
}

/// <summary>Reads what a program and a template's start say in the same words.</summary>
internal static class ProgramFields
{
    public static Eligibility? ReadEligibility(Fields fields) =>
        fields.OptionalObject(
            "eligibility",
            rule =>
            {
                var domain = rule.OptionalText("emailDomain", FieldLimits.DomainLengthMax);
                var normal = domain is null ? null : CustomerDomain.Normalise(domain);
                if (domain is not null && normal is null)
                {
                    rule.Blame("emailDomain", FieldCodes.FieldInvalid, CustomerDomain.Rule);
                }

                return new Eligibility(
                    rule.OptionalText("text", FieldLimits.NoteLengthMax),
                    normal,
                    rule.OptionalInteger("ageMin", 1, GatewayLimits.AgeMax)
                );
            }
        );

    public static ProgramGoals? ReadGoals(Fields fields) =>
        fields.OptionalObject(
            "goals",
            goals => new ProgramGoals(
                ReadDaily(goals, goals.OptionalIntegers("daily", GatewayLimits.GoalsMax, 1, GatewayLimits.GoalMax)),
                goals.OptionalInteger("activePercent", 0, 100)
            )
        );

    public static int? ReadCapacity(Fields fields) => fields.OptionalInteger("capacity", 1, GatewayLimits.PlacesMax);

    /// <summary>Goals of a day are of what adds up over a day, such as steps.</summary>
    private static ImmutableSortedDictionary<Measure, int> ReadDaily(
        Fields goals,
        IReadOnlyDictionary<string, int>? texts
    )
    {
        var daily = ImmutableSortedDictionary.CreateBuilder<Measure, int>();
        foreach (var (word, atLeast) in texts ?? ImmutableDictionary<string, int>.Empty)
        {
            if (Measures.All.FirstOrDefault(facts => facts.Adds && facts.Word == word) is { } known)
            {
                daily[known.Measure] = atLeast;
            }
            else
            {
                var words = Measures.All.Where(facts => facts.Adds).Select(facts => facts.Word);
                goals.Blame("daily", FieldCodes.FieldInvalid, $"may name {string.Join(", ", words)}.");
            }
        }

        return daily.ToImmutable();
    }
}
