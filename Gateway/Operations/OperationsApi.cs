using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Operations;

namespace EcosystemSilo.Gateway.Operations;

/// <summary>The installation as a whole, which is no ecosystem's: for admins of all ecosystems.</summary>
public static class OperationsApi
{
    public static void MapOperations(this WebApplication app)
    {
        var operations = app.MapGroup("/api/operations")
            .WithTags("Operations")
            .RequireAuthorization(Policies.Operate)
            .AddEndpointFilter<BoundArguments>();
        operations.MapGet("/", Look).Shows<OperationsResponse>("GetOperations");
        operations.MapPut("/log-levels", Log).Changes<IReadOnlyList<LogLevelOutcome>>("SetLogLevel");
    }

    /// <summary>
    /// Silos with their load, commands, readers, leases and deadlines, within four seconds. What does not answer in one
    /// is left out and said to be missing. Commands are measured while somebody looks, and for a minute after.
    /// </summary>
    internal static async Task<IResult> Look(
        HttpContext context,
        IOperations operations,
        IEcosystems ecosystems,
        IDeliveryList letters
    )
    {
        var view = await operations.Look(context.RequestAborted);
        var dead = new DeadLetterQuery(Status: DeliveryStatus.Dead);
        var one = new PageRequest(1, null);
        return Results.Ok(
            new OperationsResponse(
                view,
                [.. ecosystems.All.Select(each => new DeadLetterCount(each, letters.Find(each, dead, one).Total))]
            )
        );
    }

    /// <summary>
    /// Has another log level for a time: in this process and all silos, or in one silo. It ends by itself, and with a
    /// restart.
    /// </summary>
    internal static async Task<IResult> Log(Body<LogLevelRequest> body, HttpContext context, IOperations operations)
    {
        var wanted = new LogLevelChange(
            body.Request.Category,
            body.Request.Level,
            TimeSpan.FromMinutes(body.Request.Minutes),
            Caller.From(context.User)!.Subject,
            Correlation.Of(context),
            body.Request.Silo
        );
        var outcomes = await operations.Log(wanted, context.RequestAborted);
        if (outcomes.Count == 0)
        {
            return Problems.Result(new Refusal(Refusals.NotFound, $"There is no active silo '{wanted.Silo}'.", "silo"));
        }

        return outcomes.All(one => one.Outcome is ChangeOutcome.Full)
            ? Problems.Result(
                new Refusal(
                    EdgeCodes.LogLevelsFull,
                    "As many categories as there may be have a level of their own; end one first.",
                    "category"
                )
            )
            : Results.Ok(outcomes);
    }
}
