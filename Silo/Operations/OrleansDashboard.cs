using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;

namespace EcosystemSilo.Silo.Operations;

/// <summary>
/// Orleans' own dashboard, where <see cref="OperationsOptions.Dashboard"/> asks for it. It shows figures of calls and
/// activations; what is logged and what is in a grain's memory it is kept from.
/// </summary>
public static class OrleansDashboard
{
    public const string Path = "/operations/orleans";

    /// <summary>Routes that show or stream what grains hold and what is logged.</summary>
    private static readonly string[] Closed = ["/GrainState", "/Trace"];

    internal static void AddTo(ISiloBuilder silo) => silo.AddDashboard(Bound);

    internal static void AddTo(IClientBuilder client) => client.AddDashboard(Bound);

    /// <summary>Its pages and figures, for whoever the caller lets in; null where nobody asked for it.</summary>
    public static RouteGroupBuilder? MapDashboard(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<OperationsOptions>().Dashboard)
        {
            return null;
        }

        var dashboard = app.MapOrleansDashboard(Path);
        dashboard.ExcludeFromDescription();
        dashboard.AddEndpointFilter(
            (context, next) => IsClosed(context.HttpContext) ? ValueTask.FromResult<object?>(Refused()) : next(context)
        );
        return dashboard;
    }

    private static void Bound(DashboardOptions options)
    {
        options.HideTrace = true;
        options.CounterUpdateIntervalMs = (int)OperationsLimits.Step.TotalMilliseconds;
        options.HistoryLength = OperationsLimits.StepsKept;
    }

    private static bool IsClosed(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route }
        && Closed.Any(closed => route.EndsWith(closed, StringComparison.Ordinal));

    private static IResult Refused() =>
        Results.Text("This part of the dashboard is closed.", statusCode: StatusCodes.Status403Forbidden);
}
