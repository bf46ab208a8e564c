using EcosystemSilo.Journal;
using Shouldly;

namespace EcosystemSilo.Tests.Support;

internal static class JournalFilling
{
    /// <summary>
    /// Appends recorded events as the commands they came from, so that they get the positions they have.
    /// </summary>
    public static async Task AppendAll(
        this IJournal journal,
        IEnumerable<RecordedEvent> events,
        CancellationToken cancellation
    )
    {
        foreach (var command in events.GroupBy(recorded => (recorded.Grain, recorded.CommandId)))
        {
            var first = command.First();
            var result = await journal.Append(
                new Append(
                    first.Grain,
                    first.Version - 1,
                    [.. command.Select(recorded => new NewEvent(recorded.Name, recorded.Shape, recorded.Payload))],
                    new CommandStamp("test", first.CommandId, new byte[32]),
                    [],
                    first.At,
                    first.Correlation,
                    first.Actor
                ),
                cancellation
            );
            result.Outcome.ShouldBe(AppendOutcome.Committed);
        }
    }
}
