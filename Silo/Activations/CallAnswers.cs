using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Silo.Calls;

namespace EcosystemSilo.Silo.Activations;

/// <summary>What a core says, as it goes to the caller: no exception crosses a process.</summary>
internal static class CallAnswers
{
    public static async Task<Envelope> Ask(GrainCore core, Envelope command, CoreHost host)
    {
        try
        {
            return new Envelope(await core.Ask((ICommand)command.Message!, command.Ask!));
        }
        catch (Exception bug)
        {
            return Failure(core, bug, host);
        }
    }

    public static async Task<Envelope> Read(GrainCore core, Envelope which, CoreHost host)
    {
        try
        {
            var (state, instead) = await core.Read(which.At!.Value);
            return instead is null ? new Envelope(state.View) { Version = state.Version } : new Envelope(instead);
        }
        catch (Exception bug)
        {
            return Failure(core, bug, host);
        }
    }

    private static Envelope Failure(GrainCore core, Exception bug, CoreHost host)
    {
        if (bug is UnknownEventException newer)
        {
            host.Newer.Meet(newer);
        }

        Log.CallFailed(host.Logger, core.Key.ToString(), bug);
        return new Envelope(new Failed(bug.Message));
    }
}
