using System.Text;
using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using Shouldly;

namespace EcosystemSilo.Tests.Support;

/// <summary>
/// One decision of a grain, told as given events, when a command, then events or a refusal. Immutable: each step
/// returns a story that goes on from there.
/// </summary>
public sealed record Story(
    IGrainKind Kind,
    GrainKey Key,
    IView? View,
    DateTimeOffset Now,
    string Actor,
    PublishedBlueprint? Blueprint
)
{
    /// <summary>When a story plays unless it says otherwise; the start of <see cref="ManualClock"/>.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static Story Of(IGrainKind kind, string id) =>
        new(kind, new GrainKey(TestSilo.Acme, kind.Name, id), View: null, Morning, "test", StoryRules.Published);

    public Story Given(params IEvent[] events) =>
        this with
        {
            View = events.Aggregate(View, (view, happened) => Kind.Apply(view, happened)),
        };

    /// <summary>Commands that went well before; each must have been accepted.</summary>
    public Story Given(params ICommand[] commands) =>
        commands.Aggregate(this, (story, command) => story with { View = story.When(command).Accepted().View });

    public Story At(DateTimeOffset now) => this with { Now = now };

    public Story After(TimeSpan time) => this with { Now = Now + time };

    public Story By(string actor) => this with { Actor = actor };

    public Story Under(PublishedBlueprint? blueprint) => this with { Blueprint = blueprint };

    public Outcome When(ICommand command)
    {
        var decision = Kind.Decide(View, command, new DecisionContext(Key, Now, Actor, Blueprint));
        var after = decision.Events.Aggregate(View, (view, happened) => Kind.Apply(view, happened));
        return new Outcome(decision, after);
    }
}

/// <summary>What a decision led to, with the grain's view after it.</summary>
public sealed record Outcome(Decision Decision, IView? View)
{
    /// <summary>
    /// Exactly these events, compared in their stored form because records compare lists by reference.
    /// </summary>
    public Outcome Then(params IEvent[] events)
    {
        Accepted();
        Decision.Events.Select(Text).ShouldBe(events.Select(Text));
        return this;
    }

    public Outcome ThenNothing() => Then();

    public Outcome ThenRefused(string code, string? field = null)
    {
        var refusal = Decision.Refusal.ShouldNotBeNull($"Events instead of a refusal: {this}");
        refusal.Code.ShouldBe(code);
        refusal.Field.ShouldBe(field);
        Decision.Events.ShouldBeEmpty();
        return this;
    }

    /// <summary>Exactly these deadlines are set; a null time is a cancellation.</summary>
    public Outcome WithDeadlines(params DeadlineChange[] deadlines)
    {
        Decision.Deadlines.ShouldBe(deadlines);
        return this;
    }

    public Outcome Accepted()
    {
        Decision.Refusal.ShouldBeNull();
        return this;
    }

    public TView Is<TView>()
        where TView : class, IView => View.ShouldBeOfType<TView>();

    /// <summary>
    /// The result in a few words, for tables: <c>!code</c>, <c>nothing</c> or the names of the events.
    /// </summary>
    public override string ToString() =>
        Decision switch
        {
            { Refusal: { } refusal } => $"!{refusal.Code}",
            { Events: [] } => "nothing",
            _ => string.Join(" + ", Decision.Events.Select(happened => Wire.Of(happened).Name)),
        };

    private static string Text(IEvent happened) =>
        $"{Wire.Of(happened).Name} {Encoding.UTF8.GetString(Wire.Write(happened))}";
}
