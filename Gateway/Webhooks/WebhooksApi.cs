using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.RateLimits;
using EcosystemSilo.Gateway.Webhooks.Schemes;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Gateway.Webhooks;

/// <summary>The answer to a delivery that was taken.</summary>
/// <param name="Delivery">The sender's id, or the one made of a batch's ids.</param>
public sealed record DeliveryResponse(string Delivery, Outcome Outcome);

/// <summary>
/// Where senders post to. A delivery is acknowledged only when the journal has it; who sent it is shown by its
/// signature, so the route needs no other credentials.
/// </summary>
public static class WebhooksApi
{
    public static void AddWebhooks(this IServiceCollection services) =>
        services.AddSingleton<DeliveryGate>().AddSingleton<DeliveryIntake>();

    public static RouteGroupBuilder MapWebhooks(this WebApplication app)
    {
        var hooks = app.MapGroup("/hooks/{ecosystem}/{source}")
            .AllowAnonymous()
            .RequireRateLimiting(RateLimiting.Webhooks)
            .WithTags("Webhooks");
        hooks
            .MapPost("/", Receive)
            .Produces<DeliveryResponse>(StatusCodes.Status202Accepted)
            .WithName("ReceiveWebhook");
        hooks.MapMethods("/", [HttpMethods.Options], Handshake).ExcludeFromDescription();
        return hooks;
    }

    /// <summary>Takes a signed delivery of the source's scheme.</summary>
    internal static async Task<IResult> Receive(
        EcosystemId ecosystem,
        SourceId source,
        HttpContext context,
        IGrains grains,
        IEcosystems ecosystems,
        DeliveryGate gate,
        DeliveryIntake intake,
        ISourceList list
    )
    {
        var key = SourceKey.Of(ecosystem, source);
        if (
            !ecosystems.Knows(ecosystem)
            || await grains.Read<SourceView>(key, ReadAt.Newest, context.RequestAborted) is not { View: var view }
        )
        {
            return Problems.Result(new Refusal(Refusals.NotFound, "There is no webhook source at this address."));
        }

        switch (await gate.Check(key, view, context))
        {
            case Rejected rejected:
                return new RejectedResult(rejected);
            case Verified verified:
                var arrival = new Arrival(ecosystem, source, view, Correlation.Of(context));
                var taken = await intake.Take(arrival, verified, context.RequestAborted);
                if (taken.Outcome == Outcome.Repeated)
                {
                    list.CountRepeat(ecosystem, source);
                }

                return taken.Refusal is { } refusal
                    ? Problems.Result(refusal)
                    : Results.Accepted(value: new DeliveryResponse(verified.DeliveryId, taken.Outcome));
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is not a verdict.");
        }
    }

    /// <summary>Answers a CloudEvents sender that asks whether it may post here.</summary>
    internal static IResult Handshake(HttpContext context) =>
        CloudEventsHandshake.TryAnswer(context.Request.Headers, context.Response.Headers)
            ? Results.Ok()
            : Results.BadRequest();

    /// <summary>A scheme's refusal in the form of every other problem, with the status that senders expect.</summary>
    private sealed class RejectedResult(Rejected rejected) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            Problems.Write(
                httpContext,
                rejected.Status,
                "The delivery is not taken",
                new Refusal(rejected.Code, rejected.Message, rejected.Field)
            );
    }
}
