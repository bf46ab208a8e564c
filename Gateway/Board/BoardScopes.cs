using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Board;

/// <summary>A filter as a viewer sends it.</summary>
/// <param name="Phase">One of discovery, integration, launch, scale.</param>
/// <param name="Text">Part of the id, name, partner or product.</param>
public sealed record WatchFilter(
    string? Phase = null,
    string? Tier = null,
    string? Category = null,
    string? Text = null
);

/// <summary>Turns what a viewer asks for into what it may see.</summary>
internal static class BoardScopes
{
    /// <summary>The scope, or what is wrong with it.</summary>
    public static (BoardScope? Scope, Refusal? Refusal) Read(
        Caller caller,
        EcosystemId ecosystem,
        string? kind,
        WatchFilter filter
    )
    {
        var of = BoardKind.Partners;
        if (kind is not null && !Words<BoardKind>.TryParse(kind, out of))
        {
            return Invalid("kind", $"is one of {Words<BoardKind>.All}.");
        }

        var phase = default(Phase);
        if (filter.Phase is not null && !Words<Phase>.TryParse(filter.Phase, out phase))
        {
            return Invalid("phase", $"is one of {Words<Phase>.All}.");
        }

        var tier = default(TierId);
        if (filter.Tier is not null && !Ids.TryParse(filter.Tier, out tier))
        {
            return Invalid("tier", $"must have {Ids.Rule}.");
        }

        var category = default(CategoryId);
        if (filter.Category is not null && !Ids.TryParse(filter.Category, out category))
        {
            return Invalid("category", $"must have {Ids.Rule}.");
        }

        if (SearchText.Fault(filter.Text, "text") is { } fault)
        {
            return (null, fault);
        }

        var wanted = new BoardFilter(
            filter.Phase is null ? null : phase,
            filter.Tier is null ? null : tier,
            filter.Category is null ? null : category,
            string.IsNullOrWhiteSpace(filter.Text) ? null : filter.Text.Trim()
        );
        return (new BoardScope(ecosystem, of, wanted, caller.Only()), null);
    }

    private static (BoardScope?, Refusal?) Invalid(string field, string rule) =>
        (null, new Refusal(FieldCodes.FieldInvalid, $"'{field}' {rule}", field));
}
