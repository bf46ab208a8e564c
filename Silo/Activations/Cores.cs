using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Silo.Calls;

namespace EcosystemSilo.Silo.Activations;

/// <summary>
/// Several grains' cores in one turn. One that is over gives way to a new one; one of a kind that is not kept, or that
/// has no events, is forgotten as soon as nothing of it is under way.
/// </summary>
internal sealed class Cores(CoreHost host)
{
    private readonly Dictionary<GrainKey, GrainCore> _cores = [];

    public int Count => _cores.Count;

    public async Task<Envelope> Ask(Envelope command)
    {
        var core = Of(command.Target!.Value);
        var answer = await CallAnswers.Ask(core, command, host);
        ForgetIfDone(core);
        return answer;
    }

    public async Task<Envelope> Read(Envelope which)
    {
        var core = Of(which.Target!.Value);
        var answer = await CallAnswers.Read(core, which, host);
        ForgetIfDone(core);
        return answer;
    }

    /// <summary>Forgets all of which nothing is under way.</summary>
    public void ForgetIdle()
    {
        foreach (var idle in _cores.Values.Where(core => core.IsIdle).ToList())
        {
            _cores.Remove(idle.Key);
        }
    }

    private GrainCore Of(GrainKey key)
    {
        if (!_cores.TryGetValue(key, out var core) || core.IsOver)
        {
            _cores[key] = core = new GrainCore(key, GrainKinds.Of(key), host);
        }

        return core;
    }

    private void ForgetIfDone(GrainCore core)
    {
        var isDone = core.IsOver || core.IsEmpty || !GrainKinds.Of(core.Key).IsKept;
        if (isDone && core.IsIdle && _cores.GetValueOrDefault(core.Key) == core)
        {
            _cores.Remove(core.Key);
        }
    }
}
