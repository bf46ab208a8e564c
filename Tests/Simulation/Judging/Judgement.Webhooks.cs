using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Tests.Simulation.Lives;

namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>Promise 4 of webhooks: every part of a batch had its effect, or is a dead letter, and not both.</summary>
internal sealed partial class Judgement
{
    private void JudgeBatches()
    {
        foreach (var batch in Rows.Where(row => row.Name is "delivery.received"))
        {
            foreach (var (index, part) in batch.Data.GetProperty("parts").EnumerateArray().Index())
            {
                JudgePart(batch, part, ByGrain[$"{batch.Grain}.{index}"].FirstOrDefault()?.Name);
            }
        }
    }

    private void JudgePart(JournalRow batch, JsonElement part, string? kept)
    {
        var id = part.GetProperty("event").GetProperty("eventId").GetString()!;
        var isMapped = part.TryGetProperty("command", out var command);
        var isApplied = isMapped && (ByCommand[id].Any(row => row.Kind != "delivery") || WasSo(command));
        var isUnknown = !isMapped && !part.TryGetProperty("reason", out _);
        var isRight = isUnknown ? kept is "delivery.ignored" : kept is "delivery.buried" || (isApplied && kept is null);
        if (!isRight || (kept is not null && isMapped && ByCommand[id].Any(row => row.Kind != "delivery")))
        {
            _report($"promise 4: part {id} of {batch} came to {kept ?? "nothing"}: {string.Join("; ", ByCommand[id])}");
        }
    }

    /// <summary>What was so already leaves no event.</summary>
    private bool WasSo(JsonElement command)
    {
        var (grain, body) = (command.GetProperty("target").GetString()!, command.GetProperty("body"));
        return ByGrain[grain]
            .Any(row =>
                row.Name is "lifecycle.item-completed"
                    ? body.TryGetProperty("item", out var item) && row.Text("item") == item.GetString()
                    : row.Data.TryGetProperty("amount", out var has)
                        && body.TryGetProperty("amount", out var wanted)
                        && has.GetProperty("minor").GetInt64() == wanted.GetProperty("minor").GetInt64()
            );
    }

    private void JudgeSourceView(SimulatedSilo silo, EcosystemId ecosystem)
    {
        var source = WebhookLife.Source;
        var own = Rows.Where(row => row.Ecosystem == ecosystem.Value).ToList();
        var kept = own.Where(row => row.Kind == "delivery").GroupBy(row => row.Grain).ToList();
        var isOpen = kept.ToLookup(rows => rows.All(row => row.Name is not "delivery.replayed"), rows => rows.First());
        var applied = own.Where(row => row.Actor == $"source:{source}" && row.Kind is "partner" or "deal")
            .Where(row => row.Name is not ("deal.protected" or "deal.queued" or "deal.protection-ended"))
            .Select(row => row.Command)
            .Distinct(StringComparer.Ordinal);
        var expected =
            $"{applied.Count()} applied, {kept.Count(rows => rows.First().Name is "delivery.received")} received, "
            + $"{isOpen[true].Count(row => row.Name is "delivery.ignored")} ignored, "
            + $"{isOpen[true].Count(row => row.Name is "delivery.buried")} dead";
        var counts = silo.Of<ISourceList>().Counts(ecosystem, source);
        Compare(
            $"deliveries of {silo.Name}",
            [expected],
            [
                $"{counts.Applied} applied, {counts.Received} received, {counts.Ignored} ignored, "
                    + $"{counts.DeadLettered} dead",
            ]
        );
    }
}
