using System.Text.Json;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using Microsoft.AspNetCore.Http.Connections;

namespace EcosystemSilo.Gateway.Board;

public static class BoardSetup
{
    public static IServiceCollection AddBoard(this IServiceCollection services)
    {
        services
            .AddSignalR(hub =>
            {
                hub.MaximumReceiveMessageSize = BoardLimits.ReceivedMessageBytesMax;
                hub.KeepAliveInterval = BoardLimits.KeepAlive;
                hub.ClientTimeoutInterval = BoardLimits.ClientTimeout;
                // Viewers resume by version, which survives a restart as well; this buffer is never used.
                hub.StatefulReconnectBufferSize = BoardLimits.BytesOnTheWayMax;
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions = new JsonSerializerOptions(GatewayJson.Options));
        return services.AddSingleton<StillValid>().AddSingleton<BoardWatches>();
    }

    public static void MapBoardHub(this WebApplication app) =>
        app.MapHub<BoardHub>(
                BoardHub.Path,
                connection =>
                {
                    connection.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents;
                    connection.CloseOnAuthenticationExpiration = true;
                    connection.AllowStatefulReconnects = false;
                    connection.ApplicationMaxBufferSize = BoardLimits.ReceivedMessageBytesMax * 4;
                    connection.TransportMaxBufferSize = BoardLimits.BytesOnTheWayMax;
                }
            )
            .RequireAuthorization(Policies.Read);
}
