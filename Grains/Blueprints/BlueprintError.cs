using System.Diagnostics.CodeAnalysis;
using EcosystemSilo.Grains.Interfaces.Blueprints;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>One thing wrong with a blueprint file. Lines and columns count from 1.</summary>
/// <param name="Rule">Stable code of the violated rule, kebab-case; docs/blueprints.md lists them.</param>
public sealed record BlueprintError(string File, long Line, long Column, string Rule, string Message)
{
    /// <summary>The form that editors and terminals turn into a link: <c>acme.yaml:12:5: rule: message</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Rule}: {Message}";
}

/// <summary>Either a valid document and no errors, or no document and at least one error, in file order.</summary>
public sealed record BlueprintParse
{
    private BlueprintParse(BlueprintDocument? document, IReadOnlyList<BlueprintError> errors)
    {
        Document = document;
        Errors = errors;
    }

    public BlueprintDocument? Document { get; }

    public IReadOnlyList<BlueprintError> Errors { get; }

    [MemberNotNullWhen(true, nameof(Document))]
    public bool IsValid => Document is not null;

    internal static BlueprintParse Valid(BlueprintDocument document) => new(document, []);

    internal static BlueprintParse Invalid(IEnumerable<BlueprintError> errors) =>
        new(null, [.. errors.OrderBy(e => e.Line).ThenBy(e => e.Column).Take(BlueprintLimits.ErrorsMax)]);
}
