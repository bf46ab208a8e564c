using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace EcosystemSilo.LoadTests.Chaos.Hooks;

/// <summary>
/// Gives a silo the membership of an Orleans that nobody has tuned, to measure what the tuning is worth.
/// </summary>
internal static class OrleansMembership
{
    public static void Put(IServiceCollection services) => services.PostConfigure<ClusterMembershipOptions>(Reset);

    private static void Reset(ClusterMembershipOptions membership)
    {
        var usual = new ClusterMembershipOptions();
        foreach (var option in typeof(ClusterMembershipOptions).GetProperties().Where(one => one.CanWrite))
        {
            option.SetValue(membership, option.GetValue(usual));
        }
    }
}
