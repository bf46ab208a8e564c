namespace EcosystemSilo.Grains.Interfaces.People;

public static class PersonKey
{
    public const string Kind = "person";

    public static GrainKey Of(EcosystemId ecosystem, PersonId person) => new(ecosystem, Kind, person.Value);
}
