using EcosystemSilo.Grains.Deliveries;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Deliveries;

public sealed class DeliveryTests
{
    private static readonly SourceId From = new("hubspot");
    private static readonly SenderEvent Sent = new("evt-1", "deal.creation", Story.Morning, "{}", "aGFzaA==");
    private static readonly Refusal Reason = new(Refusals.MappingInvalid, "No stage.", "dealstage");
    private static readonly Story New = Story.Of(Delivery.Kind, "hubspot.evt-1");

    private static readonly Dictionary<string, Story> States = new(StringComparer.Ordinal)
    {
        ["unknown"] = New,
        ["received"] = New.Given(new ReceiveDelivery(From, [])),
        ["ignored"] = New.Given(new IgnoreDelivery(From, Sent)),
        ["dead"] = New.Given(new BuryDelivery(From, Sent, Reason)),
        ["replayed"] = New.Given(new BuryDelivery(From, Sent, Reason), new RecordReplay(Reason: null)),
    };

    private static readonly Dictionary<string, ICommand> Commands = new(StringComparer.Ordinal)
    {
        ["receive"] = new ReceiveDelivery(From, []),
        ["ignore"] = new IgnoreDelivery(From, Sent),
        ["bury"] = new BuryDelivery(From, Sent, Reason),
        ["replay ok"] = new RecordReplay(Reason: null),
        ["replay refused"] = new RecordReplay(Reason),
    };

    [Theory]
    [InlineData("unknown", "receive", "delivery.received")]
    [InlineData("unknown", "ignore", "delivery.ignored")]
    [InlineData("unknown", "bury", "delivery.buried")]
    [InlineData("unknown", "replay ok", "!not-found")]
    [InlineData("unknown", "replay refused", "!not-found")]
    [InlineData("received", "receive", "!already-exists")]
    [InlineData("received", "ignore", "!already-exists")]
    [InlineData("received", "bury", "!already-exists")]
    [InlineData("received", "replay ok", "!status-forbids")]
    [InlineData("received", "replay refused", "!status-forbids")]
    [InlineData("ignored", "receive", "!already-exists")]
    [InlineData("ignored", "ignore", "!already-exists")]
    [InlineData("ignored", "bury", "!already-exists")]
    [InlineData("ignored", "replay ok", "delivery.replayed")]
    [InlineData("ignored", "replay refused", "delivery.replay-refused")]
    [InlineData("dead", "receive", "!already-exists")]
    [InlineData("dead", "ignore", "!already-exists")]
    [InlineData("dead", "bury", "!already-exists")]
    [InlineData("dead", "replay ok", "delivery.replayed")]
    [InlineData("dead", "replay refused", "delivery.replay-refused")]
    [InlineData("replayed", "receive", "!already-exists")]
    [InlineData("replayed", "ignore", "!already-exists")]
    [InlineData("replayed", "bury", "!already-exists")]
    [InlineData("replayed", "replay ok", "nothing")]
    [InlineData("replayed", "replay refused", "nothing")]
    public void ADelivery_Answers(string state, string command, string result) =>
        States[state].When(Commands[command]).ToString().ShouldBe(result);

    [Fact]
    public void ADeadLetter_KeepsWhatWasSent_AndWhy()
    {
        var letter = New.When(Commands["bury"]).Is<DeliveryView>();

        letter.ShouldBe(
            new DeliveryView(From, DeliveryStatus.Dead, Sent, letter.Parts, Reason, Story.Morning, Replays: 0)
        );
    }

    [Fact]
    public void AReplayThatIsRefusedAgain_StaysDead_WithTheNewReason()
    {
        var again = new Refusal(Refusals.NotFound, "There is no deal.");

        var letter = States["dead"].When(new RecordReplay(again)).Is<DeliveryView>();

        (letter.Status, letter.Reason, letter.Replays).ShouldBe((DeliveryStatus.Dead, again, 1));
    }

    [Fact]
    public void AReplayedLetter_CountsItsReplays()
    {
        var letter = States["dead"].Given(Commands["replay refused"]).When(Commands["replay ok"]).Is<DeliveryView>();

        (letter.Status, letter.Replays).ShouldBe((DeliveryStatus.Replayed, 2));
    }

    [Theory]
    [InlineData(
        "stages",
        "does not say what the stage 'ada@example.org' means",
        "does not say what the stage '•••' means"
    )]
    [InlineData("deal", "'deal' must have 'a' shape", "'deal' must have '•••' shape")]
    [InlineData("partner", "There is no partner 'o'brien' in acme.", "There is no partner '•••' in acme.")]
    [InlineData(null, "No stage.", "No stage.")]
    public void WhatASenderSaid_IsNotRepeatedInTheReason(string? field, string reason, string kept)
    {
        var refusal = new Refusal(Refusals.MappingInvalid, reason, field);
        var plain = refusal with { Message = kept };

        New.When(new BuryDelivery(From, Sent, refusal)).Is<DeliveryView>().Reason.ShouldBe(plain);
        States["dead"].When(new RecordReplay(refusal)).Is<DeliveryView>().Reason.ShouldBe(plain);
        New.When(new ReceiveDelivery(From, [new DeliveryPart(Sent, Command: null, refusal)]))
            .Is<DeliveryView>()
            .Parts[0]
            .Reason.ShouldBe(plain);
    }
}
