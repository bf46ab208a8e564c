using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Silo.Calls;

namespace EcosystemSilo.Silo.Activations;

/// <summary>
/// Runs cores without Orleans, all in one turn at a time: for the simulation, whose every step follows from a seed, and
/// for pasts that are written before a silo starts. Not a second engine: no setting leads here.
/// </summary>
/// <param name="turns">Runs one thing at a time.</param>
internal sealed class CoreRunner(CoreHost host, TaskScheduler turns) : CallingGrains(host.Clock)
{
    private readonly Cores _cores = new(host);

    /// <summary>On the thread pool, in turns of its own.</summary>
    public CoreRunner(CoreHost host)
        : this(host, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler) { }

    public int Count => _cores.Count;

    /// <inheritdoc cref="Cores.ForgetIdle"/>
    public void ForgetIdle() => _cores.ForgetIdle();

    /// <summary>Has a call handled that was brought here.</summary>
    public Task<Envelope> Handle(Envelope call) =>
        Task
            .Factory.StartNew(
                () => call.Ask is null ? _cores.Read(call) : _cores.Ask(call),
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                turns
            )
            .Unwrap();

    protected override Task<Envelope> Ask(GrainKey key, Envelope command, TimeSpan patience) => Handle(command);

    protected override Task<Envelope> Read(GrainKey key, Envelope which) => Handle(which);
}
