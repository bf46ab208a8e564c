using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Sessions;

/// <summary>Facts in the journal's database, one for each session that somebody signed out of.</summary>
internal sealed class EndedSessions(IJournal journal) : IEndedSessions
{
    private const string Prefix = "session-ended/";

    public Task End(string session, CancellationToken cancellation) =>
        Reached(journal.KeepFact(Prefix + session, ReadOnlyMemory<byte>.Empty, cancellation));

    public async Task<bool> HasEnded(string session, CancellationToken cancellation) =>
        (await Reached(journal.ListFacts(Prefix + session, cancellation))).Count > 0;

    private static async Task<T> Reached<T>(Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch (JournalUnavailableException fault)
        {
            throw new GrainUnavailableException("The journal does not say whether the session was ended.", fault);
        }
    }
}
