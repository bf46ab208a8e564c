using EcosystemSilo.Silo.Calls;
using Orleans.Concurrency;

namespace EcosystemSilo.Silo.Activations;

/// <summary>
/// Stands for many grains of a kind that is not kept in memory: each is loaded for a command, decides, and is forgotten
/// when nothing of it is under way. A few activations serve millions of such grains, each always the same ones, so the
/// commands of one grain meet in one place.
/// </summary>
[Reentrant]
internal abstract class SharedActivation(CoreHost host) : Grain, IGrainCalls
{
    private readonly Cores _cores = new(host);

    public override Task OnActivateAsync(CancellationToken token)
    {
        host.CountActivated(this.GetGrainId());
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        host.CountDeactivated(this.GetGrainId());
        return Task.CompletedTask;
    }

    public Task<Envelope> Ask(Envelope command) => _cores.Ask(command);

    /// <summary>It stands for others as well, and what it is asked for is not kept anyway.</summary>
    public Task Deactivate() => Task.CompletedTask;

    public Task<Envelope> Read(Envelope which) => _cores.Read(which);
}
