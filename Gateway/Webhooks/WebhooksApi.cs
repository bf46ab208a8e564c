using System.Text.Json;
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

    /// <summary>
    /// Deliveries take the short way: their only credential is their signature, so nothing that looks for other ones,
    /// or for pages, comes before it. What surrounds every request, and the limit of the source, still do.
    /// </summary>
    public static void UseWebhooks(this WebApplication app) =>
        app.MapWhen(
            context => context.GetEndpoint()?.Metadata.GetMetadata<ShortWay>() is not null,
            hooks => hooks.UseRateLimiter().Run(context => context.GetEndpoint()!.RequestDelegate!(context))
        );

    public static RouteGroupBuilder MapWebhooks(this WebApplication app)
    {
        var hooks = app.MapGroup("/hooks/{ecosystem}/{source}")
            .AllowAnonymous()
            .RequireRateLimiting(RateLimiting.Webhooks)
            .WithMetadata(new ShortWay())
            .WithTags("Webhooks");
        hooks
            .MapPost("/", Receive)
            .Produces<DeliveryResponse>(StatusCodes.Status202Accepted)
            .WithName("ReceiveWebhook");
        hooks.MapMethods("/", [HttpMethods.Options], Handshake).ExcludeFromDescription();
        return hooks;
    }

    /// <summary>
    /// Takes a signed delivery of the source's scheme. Once its body is here it is carried through, whether or not its
    /// sender still waits.
    /// </summary>
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
            || await grains.Read<SourceView>(key, ReadAt.Newest, CancellationToken.None) is not { View: var view }
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
                var taken = await intake.Take(arrival, verified, CancellationToken.None);
                if (taken.Outcome == Outcome.Repeated)
                {
                    list.CountRepeat(ecosystem, source);
                }

                return taken.Refusal is { } refusal
                    ? Problems.Result(refusal)
                    : new TakenResult(new DeliveryResponse(verified.DeliveryId, taken.Outcome));
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is not a verdict.");
        }
    }

    /// <summary>Answers a CloudEvents sender that asks whether it may post here.</summary>
    internal static IResult Handshake(HttpContext context) =>
        CloudEventsHandshake.TryAnswer(context.Request.Headers, context.Response.Headers)
            ? Results.Ok()
            : Results.BadRequest();

    private sealed record ShortWay;

    /// <summary>Written in one piece: the framework's own result would send it in chunks.</summary>
    private sealed class TakenResult(DeliveryResponse response) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(response, GatewayJson.Options);
            httpContext.Response.StatusCode = StatusCodes.Status202Accepted;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            httpContext.Response.ContentLength = body.Length;
            return httpContext.Response.Body.WriteAsync(body, CancellationToken.None).AsTask();
        }
    }

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
