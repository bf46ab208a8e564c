using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Grains;

/// <summary>Impossible combinations are bugs and are thrown at once, naming kind and message.</summary>
public static class Unhandled
{
    public static InvalidOperationException Command(string kind, ICommand command) =>
        new($"A {kind} has no decision for {command.GetType().Name}.");

    public static InvalidOperationException Event(string kind, IEvent happened) =>
        new($"A {kind} cannot apply {happened.GetType().Name}.");
}
