using EcosystemSilo.Silo.Calls;
using Orleans.Concurrency;

namespace EcosystemSilo.Silo.Activations;

/// <summary>What can be asked of every grain of ours, whatever its kind.</summary>
[GrainInterfaceType(Name)]
[Alias(Name)]
internal interface IGrainCalls : IGrainWithStringKey
{
    /// <summary>How the interface is called between processes.</summary>
    const string Name = "ecosystemsilo.grain";

    /// <summary>Handles a command; answers with an outcome when it is durable.</summary>
    [Alias("ask")]
    [ResponseTimeout(Limits.CallTimeout)]
    Task<Envelope> Ask(Envelope command);

    /// <summary>Answers with the committed view, or with an outcome when there is none to give.</summary>
    [Alias("read")]
    [ReadOnly]
    [ResponseTimeout(Limits.CallTimeout)]
    Task<Envelope> Read(Envelope which);

    /// <summary>Puts the grain out of memory when no call runs any more.</summary>
    [Alias("deactivate")]
    [ResponseTimeout(Limits.CallTimeout)]
    Task Deactivate();
}
