using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Callers for whom a grain may have no room.</summary>
internal static class TurnedAway
{
    /// <summary>The reply, or what those were told who were turned away.</summary>
    public static async Task<object> OrAnswered(Task<Reply> asking)
    {
        try
        {
            return await asking;
        }
        catch (GrainUnavailableException turnedAway)
        {
            return turnedAway.Message;
        }
    }
}
