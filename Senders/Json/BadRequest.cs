using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Senders.Json;

/// <summary>One field that is at fault, in a problem that names several.</summary>
public sealed record FieldProblem(string Field, string Code, string Message);

/// <summary>What is wrong with a part of a request, as values: the first fault, and all of them if several.</summary>
public sealed record BadRequest(Refusal First, IReadOnlyList<FieldProblem>? Errors = null)
{
    public static BadRequest Because(string code, string message, string? field = null) =>
        new(new Refusal(code, message, field));
}
