using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// What opens a silo's ports; Orleans registers one for silos and one for clients, under keys of its own.
/// </summary>
internal static class Listeners
{
    public static void Replace(
        IServiceCollection services,
        Func<IConnectionListenerFactory, IConnectionListenerFactory> replacement
    )
    {
        foreach (var registered in services.Where(IsOrleans).ToArray())
        {
            services.Remove(registered);
            services.AddKeyedSingleton(
                registered.ServiceKey,
                (provider, key) =>
                    replacement((IConnectionListenerFactory)registered.KeyedImplementationFactory!(provider, key))
            );
        }
    }

    private static bool IsOrleans(ServiceDescriptor service) =>
        service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory);
}

/// <summary>Opens no port at all: a silo that is alone is reached in its own process.</summary>
internal sealed class NoListeners : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new Deaf(endpoint));

    private sealed class Deaf(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> closed = new();

        public EndPoint EndPoint => endpoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            new(closed.Task.WaitAsync(cancellationToken));

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            closed.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync(CancellationToken.None);
    }
}
