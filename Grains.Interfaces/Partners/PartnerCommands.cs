namespace EcosystemSilo.Grains.Interfaces.Partners;

/// <summary>Brings a partner into the ecosystem; it starts in discovery and in the blueprint's entry tier.</summary>
[Wire("partner.register")]
public sealed record RegisterPartner(string Name, CategoryId Category, string? Region = null) : ICommand;
