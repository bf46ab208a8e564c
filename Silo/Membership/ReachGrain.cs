using System.Net;

namespace EcosystemSilo.Silo.Membership;

/// <summary>Asked of another silo: whether it reaches the one that asks.</summary>
[GrainInterfaceType(Name)]
[Alias(Name)]
internal interface IReachGrain : IGrainWithStringKey
{
    /// <summary>How the interface is called between processes.</summary>
    const string Name = "ecosystemsilo.reach";

    /// <param name="addresses">Each an address and a port.</param>
    /// <returns>Null when that cannot be said: the answer would be the asking silo's own, or was long in
    /// coming.</returns>
    [Alias("reaches")]
    Task<bool?> Reaches(string asking, string[] addresses);
}

/// <summary>Lives in the silo that is asked, for one question.</summary>
[GrainType(IReachGrain.Name)]
internal sealed class ReachGrain(ILocalSiloDetails here, ClusterDialling dialling) : Grain, IReachGrain
{
    public async Task<bool?> Reaches(string asking, string[] addresses)
    {
        DeactivateOnIdle();
        if ($"{here.SiloAddress}" == asking)
        {
            return null;
        }
        var answers = await Task.WhenAll(addresses.Select(address => dialling.Reaches(IPEndPoint.Parse(address))));
        return answers.Contains(false) ? false
            : answers.Contains(null) ? null
            : true;
    }
}
