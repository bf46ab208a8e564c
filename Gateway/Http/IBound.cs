using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// A handler's argument that reads itself from the request. Reading never throws: what is wrong is kept, and the
/// filter on the group answers with it before the handler runs.
/// </summary>
public interface IBound
{
    BadRequest? Fault { get; }
}

/// <summary>Answers with the first argument's fault instead of running the handler.</summary>
public sealed class BoundArguments : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is IBound { Fault: { } fault })
            {
                return ValueTask.FromResult<object?>(Problems.Result(fault.First, fault.Errors));
            }
        }

        return next(context);
    }
}
