using System.Globalization;
using System.Reflection;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace EcosystemSilo.Gateway.Http;

/// <summary>A part of a list.</summary>
/// <param name="Items">In the order of the list.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> to get the next part; null on the last one.</param>
/// <param name="Total">How many items match in all.</param>
public sealed record ListResponse<T>(
    IReadOnlyList<T> Items,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never
    )]
        string? NextCursor,
    int Total
);

/// <summary>
/// The <c>limit</c> and <c>cursor</c> of a list. A cursor belongs to the path and filters that it came from: with
/// others it is refused.
/// </summary>
public sealed class Paging : IBound, IBindableFromHttpContext<Paging>, IEndpointParameterMetadataProvider
{
    private readonly Cursors _cursors;
    private readonly string _list;

    private Paging(HttpContext context)
    {
        _cursors = context.RequestServices.GetRequiredService<Cursors>();
        _list = NameOf(context.Request);
        Request = new PageRequest(Limit(context.Request.Query["limit"]), After(context.Request.Query["cursor"]));
    }

    public BadRequest? Fault { get; private set; }

    public PageRequest Request { get; }

    public static ValueTask<Paging?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<Paging?>(new Paging(context));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new PagedMetadata());

    /// <summary>The page as it is sent.</summary>
    public ListResponse<T> Answer<T>(Page<T> page) => Answer(page, item => item);

    /// <summary>The page as it is sent, each item in another shape.</summary>
    public ListResponse<TShown> Answer<T, TShown>(Page<T> page, Func<T, TShown> show) =>
        new(
            [.. page.Items.Select(show)],
            page.Next is { } next ? _cursors.Seal(_list, next.ToString(CultureInfo.InvariantCulture)) : null,
            page.Total
        );

    private int Limit(string? text)
    {
        if (text is null)
        {
            return PageRequest.LimitDefault;
        }

        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= PageRequest.LimitMax
        )
        {
            return limit;
        }

        Fault = BadRequest.Because(
            EdgeCodes.LimitInvalid,
            $"'limit' is a whole number from 1 to {PageRequest.LimitMax}.",
            "limit"
        );
        return PageRequest.LimitDefault;
    }

    private long? After(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        if (
            _cursors.Open(_list, cursor) is { } position
            && long.TryParse(position, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var after)
        )
        {
            return after;
        }

        Fault ??= BadRequest.Because(
            EdgeCodes.CursorInvalid,
            "The cursor was not made for this list and these filters; begin without one.",
            "cursor"
        );
        return null;
    }

    /// <summary>The list with its filters in one order; neither the limit nor the cursor is part of its name.</summary>
    private static string NameOf(HttpRequest request) =>
        request.Path
        + "?"
        + string.Join(
            '&',
            request
                .Query.Where(pair => pair.Key is not ("limit" or "cursor"))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}")
        );
}

/// <summary>Marks a route as a list with <c>limit</c> and <c>cursor</c>, for the API document.</summary>
public sealed record PagedMetadata;
