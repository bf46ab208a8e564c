using EcosystemSilo.Grains.Interfaces.Endpoints;

namespace EcosystemSilo.Grains.Interfaces.Notifications;

/// <summary>Carries a notification over the network; when and how often is not its business.</summary>
public interface ICarrier
{
    /// <summary>
    /// Makes one attempt, which ends within a bounded time whatever the receiver does. What goes wrong on the way is
    /// said in the attempt, never thrown.
    /// </summary>
    /// <exception cref="OperationCanceledException">This process is to stop; nothing is known of the
    /// attempt.</exception>
    Task<Attempt> Carry(
        GrainKey endpoint,
        EndpointView to,
        NotificationView notification,
        CancellationToken cancellation
    );
}
