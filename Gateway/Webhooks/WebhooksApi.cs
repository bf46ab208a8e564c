using System.Text;
using System.Text.Json;
using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.RateLimits;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Senders.Schemes;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.Webhooks;

/// <summary>The answer to a delivery that was taken.</summary>
/// <param name="Delivery">
/// The sender's id, or the one made of a batch's ids; the correlation of one taken in parts.
/// </param>
public sealed record DeliveryResponse(string Delivery, Outcome Outcome);

/// <summary>
/// Where senders post to. A delivery is acknowledged only when the journal has it; who sent it is shown by its
/// signature, so the route needs no other credentials.
/// </summary>
public static class WebhooksApi
{
    /// <summary>The last part of the address of senders that sign nothing.</summary>
    internal const string TokenParameter = "token";

    private const string WithToken = $"/{{{TokenParameter}}}";

    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<KeptEventsOptions>()
            .Bind(builder.Configuration.GetSection(KeptEventsOptions.Section))
            .Validate(options => options.KeepMonths is >= 0 and <= 60, "Webhooks__KeepMonths must be 0 to 60.")
            .ValidateOnStart();
        builder
            .Services.AddSingleton(provider => provider.GetRequiredService<IOptions<KeptEventsOptions>>().Value)
            .AddSingleton<DeliveryGate>()
            .AddHostedService<KeptEventsEnd>()
            .AddIntake()
            .AddSingleton<PartedIntake>();
    }

    /// <summary>
    /// Deliveries take the short way: their only credential is their signature, so nothing that looks for other ones,
    /// or for pages, comes before it. What surrounds every request, and the limit of the source, still do.
    /// </summary>
    public static void UseWebhooks(this WebApplication app) =>
        app.MapWhen(
            ShortWay.IsTakenBy,
            hooks =>
            {
                var limits = app.Services.GetRequiredService<SourceLimits>();
                hooks.Run(context => limits.Pass(context, context.GetEndpoint()!.RequestDelegate!));
            }
        );

    public static RouteGroupBuilder MapWebhooks(this WebApplication app)
    {
        var hooks = app.MapGroup("/hooks/{ecosystem}/{source}")
            .AllowAnonymous()
            .WithMetadata(new ShortWay())
            .WithTags("Webhooks");
        hooks
            .MapPost("/", Receive)
            .Produces<DeliveryResponse>(StatusCodes.Status202Accepted)
            .WithName("ReceiveWebhook");
        hooks.MapPost(WithToken, Receive).ExcludeFromDescription();
        string[] greetings = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Options];
        hooks.MapMethods("/", greetings, Greet).ExcludeFromDescription();
        hooks.MapMethods(WithToken, greetings, Greet).ExcludeFromDescription();
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
        LookUps lookUps,
        IEcosystems ecosystems,
        DeliveryGate gate,
        DeliveryIntake intake,
        PartedIntake parts,
        ISourceList list
    )
    {
        var key = SourceKey.Of(ecosystem, source);
        if (
            !ecosystems.Knows(ecosystem)
            || await lookUps.Find<SourceView>(key, context, CancellationToken.None) is not { } view
        )
        {
            return NoSource();
        }

        var arrival = new Arrival(ecosystem, source, view, Correlation.Of(context), context.Request.Headers);
        switch (await gate.Check(key, view, context))
        {
            case Rejected rejected:
                return new RejectedResult(rejected);
            case Greeted greeted:
                return new AnswerResult(greeted.Answer);
            case Verified verified:
                var taken = await InTime(intake.Take(arrival, verified, CancellationToken.None));
                return Answer(arrival, verified.DeliveryId, taken, list);
            case Parted parted:
                var (all, fault) = await parts.Take(arrival, parted, context);
                return all is null ? new RejectedResult(fault!) : Answer(arrival, arrival.Correlation, all, list);
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is not a verdict.");
        }
    }

    /// <summary>Answers a sender that makes sure of the address, in the words of its scheme.</summary>
    internal static async Task<IResult> Greet(
        EcosystemId ecosystem,
        SourceId source,
        HttpContext context,
        LookUps lookUps,
        IEcosystems ecosystems,
        DeliveryGate gate
    )
    {
        var key = SourceKey.Of(ecosystem, source);
        if (
            !ecosystems.Knows(ecosystem)
            || await lookUps.Find<SourceView>(key, context, context.RequestAborted) is not { } view
        )
        {
            return NoSource();
        }

        return gate.Greet(key, view, context) switch
        {
            Greeted greeted => new AnswerResult(greeted.Answer),
            Rejected rejected => new RejectedResult(rejected),
            var other => throw new InvalidOperationException($"{other.GetType().Name} does not answer a greeting."),
        };
    }

    /// <summary>
    /// Whatever it takes until a delivery is in the journal, its sender is answered in time; it goes on, and is a
    /// repeat when it is sent again.
    /// </summary>
    private static async Task<Taken> InTime(Task<Taken> taking)
    {
        try
        {
            return await taking.WaitAsync(GatewayLimits.DeliveryPatience, TimeProvider.System);
        }
        catch (TimeoutException late) when (!taking.IsFaulted)
        {
            throw new GrainUnavailableException("The delivery was not taken in time.", late);
        }
    }

    private static IResult NoSource() =>
        Problems.Result(new Refusal(Refusals.NotFound, "There is no webhook source at this address."));

    private static IResult Answer(Arrival arrival, string delivery, Taken taken, ISourceList list)
    {
        if (taken.Outcome == Outcome.Repeated)
        {
            list.CountRepeat(arrival.Ecosystem, arrival.SourceId);
        }

        return taken.Refusal is { } refusal
            ? Problems.Result(refusal)
            : Acknowledge(arrival.Source, new DeliveryResponse(delivery, taken.Outcome));
    }

    private static IResult Acknowledge(SourceView source, DeliveryResponse response) =>
        WebhookSchemes.Find(source.Scheme)?.Facts.Acknowledgement is { } answer
            ? new AnswerResult(answer)
            : new TakenResult(response);

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

    /// <summary>An answer as the sender wants it: a status, and seldom a few words.</summary>
    private sealed class AnswerResult(Answer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers ?? new Dictionary<string, string>())
            {
                response.Headers[name] = value;
            }

            if (answer.Body is not { } text)
            {
                return Task.CompletedTask;
            }

            var body = Encoding.UTF8.GetBytes(text);
            response.ContentType = answer.ContentType;
            response.ContentLength = body.Length;
            return response.Body.WriteAsync(body, CancellationToken.None).AsTask();
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
