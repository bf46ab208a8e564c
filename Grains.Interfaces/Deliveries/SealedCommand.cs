namespace EcosystemSilo.Grains.Interfaces.Deliveries;

/// <summary>
/// A command about a person that has to wait outside their grain: it is encrypted under the person's key and gone with
/// it. Whoever hands it on opens it; no grain ever sees it.
/// </summary>
/// <param name="Subject">Whose key it is sealed under.</param>
/// <param name="Place">What it was sealed for.</param>
/// <param name="Name">The stable name of the command inside.</param>
/// <param name="Text">The command's JSON, sealed.</param>
[Wire("delivery.sealed-command")]
public sealed record SealedCommand(string Subject, string Place, string Name, int Version, string Text) : ICommand;
