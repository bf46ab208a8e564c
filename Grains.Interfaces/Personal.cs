namespace EcosystemSilo.Grains.Interfaces;

/// <summary>
/// An event that identifies or describes a person. It is stored encrypted under the key of the person that its grain
/// belongs to, and cannot be read any more once that key is destroyed.
/// </summary>
public interface IPersonal;

/// <summary>Stands where a personal event stood whose person was erased.</summary>
[Wire("personal.erased")]
public sealed record PersonalDataErased : IEvent;
