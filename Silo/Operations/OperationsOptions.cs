using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Silo.Operations;

/// <summary>What operators may open beside the product's own page, section <c>Operations</c>.</summary>
public sealed class OperationsOptions
{
    public const string Section = "Operations";

    /// <summary>
    /// Whether Orleans' dashboard can be opened at <c>/operations/orleans</c>, by admins of the whole installation. The
    /// same in all processes of a cluster. Default: false, since it collects figures also while nobody looks.
    /// </summary>
    public bool Dashboard { get; set; }

    /// <summary>Reads the section at once, since it decides what a process is put together from.</summary>
    /// <exception cref="OptionsValidationException">A setting cannot be used; the message names it.</exception>
    internal static OperationsOptions Read(IConfiguration configuration)
    {
        var text = configuration[$"{Section}:{nameof(Dashboard)}"];
        return text is null ? new OperationsOptions()
            : bool.TryParse(text, out var isOpen) ? new OperationsOptions { Dashboard = isOpen }
            : throw new OptionsValidationException(
                Section,
                typeof(OperationsOptions),
                ["Operations__Dashboard must be true or false."]
            );
    }
}
