using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Grains;

/// <summary>
/// What a decider concludes: events to store with the grain's deadlines, or a refusal. Accepted without events is a
/// command that found nothing left to do.
/// </summary>
public sealed record Decision
{
    private static readonly Decision NothingToDo = new();

    public IReadOnlyList<IEvent> Events { get; private init; } = [];
    public IReadOnlyList<DeadlineChange> Deadlines { get; private init; } = [];
    public Refusal? Refusal { get; private init; }

    public static Decision Accept(params IReadOnlyList<IEvent> events) => new() { Events = events };

    public static Decision Nothing => NothingToDo;

    public static Decision Refuse(string code, string message, string? field = null) =>
        Refuse(new Refusal(code, message, field));

    public static Decision Refuse(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>Sets a named deadline, replacing one of the same name; a null time changes nothing.</summary>
    public Decision WithDeadline(string name, DateTimeOffset? due) =>
        due is null ? this : this with { Deadlines = [.. Deadlines, new DeadlineChange(name, due)] };

    public Decision WithoutDeadline(string name) =>
        this with
        {
            Deadlines = [.. Deadlines, new DeadlineChange(name, null)],
        };
}

/// <summary>Schedules a deadline of the grain, or cancels it when Due is null.</summary>
public sealed record DeadlineChange(string Name, DateTimeOffset? Due);
