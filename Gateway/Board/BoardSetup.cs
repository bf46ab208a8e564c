using System.Text.Json;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
                hub.AddFilter<HubFaults>();
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions = new JsonSerializerOptions(GatewayJson.Options));
        services.RemoveAll<IHubProtocol>().AddSingleton<IHubProtocol, PlainRefusals>();
        services.AddLogging(logging => logging.AddFilter(HubFaults.Replaced, LogLevel.None));
        return services.AddSingleton<HubFaults>().AddSingleton<StillValid>().AddSingleton<BoardWatches>();
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
