using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Silo;

namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>Promises 1 and 2: acknowledged is in the journal, and every command has at most one effect.</summary>
internal sealed partial class Judgement
{
    private ILookup<string, JournalRow> ByCommand => field ??= Rows.ToLookup(row => row.Command);

    private ILookup<string, JournalRow> ByGrain => field ??= Rows.ToLookup(row => row.Grain);

    /// <summary>The events of a command stand side by side, in one grain, once.</summary>
    private void JudgeEffects()
    {
        var bodies = _calls.ToLookup(call => call.Id);
        foreach (var effect in ByCommand)
        {
            var (first, last) = (effect.First(), effect.Last());
            if (last.Position - first.Position != effect.Count() - 1 || effect.Any(row => row.Grain != first.Grain))
            {
                _report($"promise 2: {first.Command} has had its effect more than once: {string.Join("; ", effect)}");
            }
            else if (
                first.Command.StartsWith("c-", StringComparison.Ordinal)
                && !bodies[first.Command].Any(call => call.Grain.ToString() == first.Grain && Is(call.Command, effect))
            )
            {
                _report($"promise 2: {first.Command} had an effect nobody asked for: {string.Join("; ", effect)}");
            }
        }
    }

    private void JudgeAnswers()
    {
        foreach (var calls in _calls.GroupBy(call => call.Id))
        {
            var accepted = calls.Where(call => call.End == CallEnd.Accepted).OrderBy(call => call.Ended).ToList();
            if (accepted is not [var first, ..])
            {
                continue;
            }

            JudgeDurable(first);
            if (accepted.Find(call => call.Body != first.Body) is { } other)
            {
                _report($"promise 2: one id was accepted for two commands: {first} and {other}");
            }

            if (accepted.Find(call => call.Accepted!.Version != first.Accepted!.Version) is { } differs)
            {
                _report($"promise 2: a repeat got another answer than the first: {first} and {differs}");
            }

            if (accepted.Count(call => !call.Accepted!.Repeated) > 1)
            {
                _report($"promise 2: repeats were not recognised: {string.Join("; ", accepted)}");
            }

            foreach (var late in calls.Where(call => call.Invoked > first.Ended && call.End == CallEnd.Refused))
            {
                if (late.Body == first.Body || late.Refusal != Refusals.IdReused)
                {
                    _report($"promise 2: {first}, and later {late}");
                }
            }
        }
    }

    private void JudgeDurable(SimulatedCall call)
    {
        var version = call.Accepted!.Version;
        if (ByCommand[call.Id].LastOrDefault() is { } last)
        {
            if (last.Version != version || last.Grain != call.Grain.ToString())
            {
                _report($"promise 1: {call} was acknowledged at version {version}, but the journal has {last}");
            }
        }
        else if (!WasSoAlready(call, version))
        {
            _report($"promise 1: {call} was acknowledged and is not in the journal");
        }
    }

    /// <summary>A few commands are accepted without an event when they find nothing left to do.</summary>
    private bool WasSoAlready(SimulatedCall call, long version)
    {
        var before = ByGrain[call.Grain.ToString()].Where(row => row.Version <= version);
        return call.Command switch
        {
            CompleteItem c => before.Any(row =>
                row.Name is "lifecycle.item-completed" && row.Text("item") == c.Item.Value
            ),
            ChangeDealAmount c => before.Any(row =>
                row.Data.TryGetProperty("amount", out var amount)
                && amount.GetProperty("minor").GetInt64() == c.Amount.Minor
            ),
            PauseGrain => IsPausedAt(call.Grain.ToString(), version),
            ResumeGrain => !IsPausedAt(call.Grain.ToString(), version),
            _ => DecidesNothing(call, version),
        };
    }

    /// <summary>By the deciders, as with refusals.</summary>
    private bool DecidesNothing(SimulatedCall call, long version)
    {
        var history = _disk.GrainEvents(call.Grain.ToString(), afterVersion: 0, (int)version);
        var kind = GrainKinds.Of(call.Grain);
        var state = history
            .Select(GrainCodec.Decode)
            .Where(happened => happened is not IPauseEvent)
            .Aggregate((IView?)null, kind.Apply);
        var decision = kind.Decide(
            state,
            call.Command,
            new DecisionContext(call.Grain, call.InvokedAt, "judge", Blueprint: null)
        );
        return decision is { Refusal: null, Events: [] };
    }

    private static bool Is(ICommand command, IEnumerable<JournalRow> effect)
    {
        var (names, expected) = (string.Join(' ', effect.Select(row => row.Name)), EffectOf(command));
        return expected
            .Split('|')
            .Any(one => one.EndsWith('*') ? names.StartsWith(one[..^1], StringComparison.Ordinal) : names == one);
    }

    /// <summary>Alternatives, and by a star that more may follow.</summary>
    private static string EffectOf(ICommand command) =>
        command switch
        {
            PublishBlueprint => "blueprint.published",
            RegisterPartner => "partner.registered lifecycle.phase-entered",
            RegisterDeal => "deal.registered lifecycle.phase-entered",
            CompleteItem => "lifecycle.item-completed",
            AdvancePhase => "lifecycle.phase-entered",
            ApproveDeal => "deal.approved",
            ReturnDeal => "deal.returned",
            ResubmitDeal => "deal.resubmitted",
            ChangeDealAmount => "deal.amount-changed",
            WithdrawDeal => "deal.withdrawn deal.claim-ended",
            RejectDeal => "deal.rejected deal.claim-ended",
            LoseDeal => "deal.lost deal.claim-ended",
            WinDeal => "deal.won deal.claim-ended",
            CreateSource => "source.created",
            RotateSecret => "source.secret-rotated",
            IgnoreDelivery => "delivery.ignored",
            BuryDelivery => "delivery.buried",
            ReceiveDelivery => "delivery.received",
            RecordReplay => "delivery.replayed|delivery.replay-refused",
            CreateEndpoint => "endpoint.created",
            ChangeEndpoint => "endpoint.changed",
            RotateEndpointSecret => "endpoint.secret-rotated",
            DisableEndpoint => "endpoint.disabled",
            EnableEndpoint => "endpoint.enabled",
            DeleteEndpoint => "endpoint.deleted",
            CreateProgram => "program.created lifecycle.phase-entered",
            CreateInvitation => "program.invitation-created",
            RevokeInvitation => "program.invitation-revoked",
            EnrolPerson => "program.person-enrolled",
            RenewProgram => "program.renewed",
            EndProgram => "program.ended",
            WithdrawEnrolment => "enrolment.withdrawn",
            RegisterPerson => "person.registered",
            GrantConsent => "person.consent-granted*",
            WithdrawConsent => "person.consent-withdrawn*",
            AddStream => "person.stream-added person.stream-permission-changed",
            ErasePerson => "person.stream-permission-changed*|person.programs-left*|person.erased",
            OpenStream => "stream.opened*|stream.user-named*",
            StoreSamples => "stream.samples-stored*|stream.samples-refused",
            DisconnectStream => "stream.disconnected",
            PauseGrain => "grain.paused",
            ResumeGrain => "grain.resumed",
            _ => throw new InvalidOperationException($"Nobody sends {command}."),
        };
}
