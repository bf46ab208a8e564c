using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;

namespace EcosystemSilo.Gateway.Auth;

internal static class CallerScope
{
    /// <summary>No partner has an empty id, so whoever is scoped to it sees nothing.</summary>
    private static readonly PartnerId Nobody = new("");

    /// <summary>
    /// The one partner whose data lists and boards may show to the caller; null for roles that see all. A caller of
    /// role partner whose credentials name none sees nothing.
    /// </summary>
    public static PartnerId? Only(this Caller caller) => caller.Role == Role.Partner ? caller.Partner ?? Nobody : null;
}
