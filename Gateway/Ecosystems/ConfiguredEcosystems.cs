using EcosystemSilo.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.Ecosystems;

/// <summary>The ecosystems by configuration: <c>Ecosystems</c>, ids separated by commas.</summary>
public sealed class ConfiguredEcosystems : IEcosystems
{
    public const string Setting = "Ecosystems";

    private const string Default = "purposeful-live,acme";

    public ConfiguredEcosystems(IConfiguration configuration)
    {
        All =
        [
            .. (configuration[Setting] ?? Default)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Parse)
                .Distinct(),
        ];
    }

    public IReadOnlyList<EcosystemId> All { get; }

    public bool Knows(EcosystemId ecosystem) => All.Contains(ecosystem);

    private static EcosystemId Parse(string text) =>
        Ids.TryParse<EcosystemId>(text, out var id)
            ? id
            : throw new OptionsValidationException(
                Setting,
                typeof(ConfiguredEcosystems),
                [$"{Setting}: '{text}' is no ecosystem id, which has {Ids.Rule}."]
            );
}
