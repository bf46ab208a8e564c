using System.Reflection;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Secrets;
using Microsoft.AspNetCore.Http.Metadata;

namespace EcosystemSilo.Gateway.Http;

/// <summary>Makes the body of an answer from a grain's view.</summary>
public delegate ValueTask<object> Show<TView>(GrainKey key, Versioned<TView> view)
    where TView : class, IView;

/// <summary>Marks a route that deals with grains under the caller's headers, for the API document.</summary>
public sealed record ExchangeMetadata;

/// <summary>
/// One request's dealings with grains: asks on behalf of the caller, with its headers, and shows the grain at exactly
/// the version that the command led to. A repeat therefore gets the first answer, whatever happened since.
/// </summary>
public sealed class Exchange : IBound, IBindableFromHttpContext<Exchange>, IEndpointParameterMetadataProvider
{
    private readonly HttpContext _context;
    private readonly IGrains _grains;
    private readonly string? _key;
    private readonly long? _ifMatch;
    private readonly long _atLeast;

    private Exchange(HttpContext context, Caller caller)
    {
        _context = context;
        _grains = context.RequestServices.GetRequiredService<IGrains>();
        Caller = caller;
        (_key, var keyFault) = Idempotency.Key(context.Request);
        (_ifMatch, var matchFault) = Conditional.IfMatch(context.Request);
        (Wait, var waitFault) = Prefer.Wait(context.Request);
        (_atLeast, var atLeastFault) = Conditional.AtLeast(context.Request);
        Fault = keyFault ?? matchFault ?? waitFault ?? atLeastFault;
    }

    public BadRequest? Fault { get; }

    public Caller Caller { get; }

    /// <summary>How long the caller would wait for follow-ups (<c>Prefer: wait=N</c>).</summary>
    public TimeSpan Wait { get; }

    public CancellationToken Aborted => _context.RequestAborted;

    /// <summary>The ecosystem of the route; authorization has compared it with the credentials.</summary>
    public EcosystemId Ecosystem => new((string)_context.Request.RouteValues[AccessCheck.RouteParameter]!);

    public static ValueTask<Exchange?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<Exchange?>(
            new Exchange(
                context,
                Caller.From(context.User)
                    ?? throw new InvalidOperationException(
                        "An exchange needs a caller; the route allows anonymous ones."
                    )
            )
        );

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new ExchangeMetadata());

    /// <summary>The id for a grain that is created without one: the same again for the same Idempotency-Key.</summary>
    public TId NewId<TId>(string prefix)
        where TId : struct, IId<TId> => TId.From(Idempotency.NewId(prefix, Idempotency.Scope(Ecosystem, Caller), _key));

    /// <summary>The circumstances under which this request's command is asked.</summary>
    public Ask Circumstances() =>
        new(
            Idempotency.Scope(Ecosystem, Caller),
            _key ?? Base32.Random(16),
            Caller.Subject,
            Correlation.Of(_context),
            Idempotency.Digest(_context),
            _ifMatch
        );

    /// <summary>The words of the blueprint in force.</summary>
    public ValueTask<ProgramNames> Names() =>
        _context.RequestServices.GetRequiredService<EcosystemNames>().Of(Ecosystem, Aborted);

    /// <summary>Asks with this request's circumstances.</summary>
    public Task<Reply> Ask(GrainKey key, ICommand command) => _grains.Ask(key, command, Circumstances(), Aborted);

    /// <summary>
    /// Asks with this request's circumstances for one of several commands that it comes down to, each with an id of its
    /// own, so that a repeat of the request completes what is missing.
    /// </summary>
    public Task<Reply> AskPart(GrainKey key, ICommand command, string part)
    {
        var whole = Circumstances();
        return _grains.Ask(key, command, whole with { Id = $"{whole.Id}/{part}", ExpectedVersion = null }, Aborted);
    }

    /// <summary>The newest state of another grain; null when there is none.</summary>
    public async Task<TView?> Find<TView>(GrainKey key)
        where TView : class, IView => (await _grains.Read<TView>(key, ReadAt.Newest, Aborted))?.View;

    /// <summary>Creates a grain: 201 with its address, and the grain as it was created.</summary>
    public Task<IResult> Create<TView>(GrainKey key, ICommand command, Show<TView> show)
        where TView : class, IView =>
        AskAndShow(
            key,
            command,
            show,
            (at, body) => Results.Created($"{_context.Request.Path.Value!.TrimEnd('/')}/{at.Id}", body)
        );

    /// <summary>Changes a grain: 200 and the grain as the command left it.</summary>
    public Task<IResult> Change<TView>(GrainKey key, ICommand command, Show<TView> show)
        where TView : class, IView => AskAndShow(key, command, show, (_, body) => Results.Ok(body));

    /// <summary>
    /// Shows a grain as it is now: 200 with its ETag, 304 when the caller holds that version, 404, or 503 when it has
    /// not come to the version that the caller asks for.
    /// </summary>
    /// <param name="key">The grain.</param>
    /// <param name="show">Makes the answer's body.</param>
    /// <param name="visible">Whether the caller may see it; what it may not see does not exist for it.</param>
    public async Task<IResult> Show<TView>(GrainKey key, Show<TView> show, Func<TView, bool>? visible = null)
        where TView : class, IView
    {
        // Before anything is waited for: how long it takes must not tell whether another's exists, and at which
        // version.
        var found = await _grains.Read<TView>(key, ReadAt.Newest, Aborted);
        if (found is null || visible?.Invoke(found.View) == false)
        {
            return Problems.Result(Refusals.Missing(key));
        }

        if (found.Version < _atLeast)
        {
            var patience = Wait > TimeSpan.Zero ? Wait : GatewayLimits.AtLeastPatience;
            found = await _grains.Read<TView>(key, new ReadAt(_atLeast, patience), Aborted) ?? found;
        }

        if (found.Version < _atLeast)
        {
            return Problems.Result(new Refusal(EdgeCodes.VersionNotReached, $"The newest version is {found.Version}."));
        }

        _context.Response.Headers.ETag = Conditional.Tag(found.Version);
        return Conditional.IsHeld(_context.Request, found.Version)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Ok(await show(key, found));
    }

    private async Task<IResult> AskAndShow<TView>(
        GrainKey key,
        ICommand command,
        Show<TView> show,
        Func<GrainKey, object, IResult> answer
    )
        where TView : class, IView
    {
        switch (await Ask(key, command))
        {
            case Refused refused:
                return Problems.Result(refused.Refusal);
            case Accepted accepted:
                var view =
                    await _grains.Read<TView>(accepted.Grain, ReadAt.Version(accepted.Version), Aborted)
                    ?? throw new InvalidOperationException(
                        $"{accepted.Grain} was accepted at version {accepted.Version} and cannot be read there."
                    );
                _context.Response.Headers.ETag = Conditional.Tag(view.Version);
                return answer(accepted.Grain, await show(accepted.Grain, view));
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is not a reply that the gateway knows.");
        }
    }
}
