namespace EcosystemSilo.Grains.Interfaces.Enrolments;

/// <summary>One person in one customer program.</summary>
public static class EnrolmentKey
{
    public const string Kind = "enrolment";

    public static GrainKey Of(EcosystemId ecosystem, CustomerProgramId program, PersonId person) =>
        new(ecosystem, Kind, $"{program.Value}~{person.Value}");
}
