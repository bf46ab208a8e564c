namespace EcosystemSilo.Grains.Interfaces.CustomerPrograms;

public static class CustomerProgramKey
{
    public const string Kind = "program";

    public static GrainKey Of(EcosystemId ecosystem, CustomerProgramId program) => new(ecosystem, Kind, program.Value);
}
