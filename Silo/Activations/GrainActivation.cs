using EcosystemSilo.Grains;
using EcosystemSilo.Silo.Calls;
using Orleans.Concurrency;

namespace EcosystemSilo.Silo.Activations;

/// <summary>
/// A grain as Orleans knows it: it hands what comes to the core, in the activation's turn. Calls interleave, so that a
/// command is decided while those before it are being committed. It never waits for its own deactivation, which begins
/// only when no call runs.
/// </summary>
[Reentrant]
internal abstract class GrainActivation(CoreHost host) : Grain, IGrainCalls
{
    private GrainCore? _core;

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

    public async Task<Envelope> Ask(Envelope command)
    {
        var core = CoreOf(command);
        var answer = await CallAnswers.Ask(core, command, host);
        LeaveIfDone(core);
        return answer;
    }

    public async Task<Envelope> Read(Envelope which)
    {
        var core = CoreOf(which);
        var answer = await CallAnswers.Read(core, which, host);
        LeaveIfDone(core);
        return answer;
    }

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private GrainCore CoreOf(Envelope call) =>
        _core ??= new GrainCore(call.Target!.Value, GrainKinds.Of(call.Target.Value), host);

    /// <summary>
    /// A grain that others decide for makes room for them; one that does not exist leaves nothing behind for its id.
    /// </summary>
    private void LeaveIfDone(GrainCore core)
    {
        if (core.IsOver || (core.IsEmpty && core.IsIdle))
        {
            DeactivateOnIdle();
        }
    }
}
