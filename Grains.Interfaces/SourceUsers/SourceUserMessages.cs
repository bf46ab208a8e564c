using EcosystemSilo.Grains.Interfaces.Pauses;

namespace EcosystemSilo.Grains.Interfaces.SourceUsers;

/// <summary>Says who a sender's user is. Refused while it is somebody else.</summary>
[Wire("source-user.link")]
public sealed record LinkUser(PersonId Person) : ICommand;

[Wire("source-user.unlink")]
public sealed record UnlinkUser(PersonId Person) : ICommand, IDespitePause;

[Wire("source-user.linked")]
public sealed record UserLinked(PersonId Person) : IEvent;

[Wire("source-user.unlinked")]
public sealed record UserUnlinked(PersonId Person) : IEvent;

/// <param name="Person">Null when the user is nobody any more.</param>
[Wire("source-user.view")]
public sealed record SourceUserView(PersonId? Person) : IView;
