namespace EcosystemSilo.Grains.Interfaces;

/// <summary>
/// An amount in integer minor units of an ISO 4217 currency; <see cref="Currencies"/> says how small they are.
/// </summary>
public sealed record Money(long Minor, string Currency);
