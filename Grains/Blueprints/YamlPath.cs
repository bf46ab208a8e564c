using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>Finds the place in the file of a part of the document.</summary>
internal static class YamlPath
{
    /// <summary>
    /// Follows a JSON pointer such as <c>/tiers/2/rank</c>. Where the author left the named part out, the place is that
    /// of the nearest part that is there.
    /// </summary>
    public static Mark Find(YamlNode root, string pointer)
    {
        var node = root;
        foreach (var step in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Child(node, step) is not { } child)
            {
                break;
            }

            node = child;
        }

        return node.Start;
    }

    private static YamlNode? Child(YamlNode node, string step) =>
        node switch
        {
            YamlMappingNode mapping => mapping.Children.TryGetValue(new YamlScalarNode(step), out var child)
                ? child
                : null,
            YamlSequenceNode list when int.TryParse(step, CultureInfo.InvariantCulture, out var at) =>
                list.ElementAtOrDefault(at),
            _ => null,
        };
}
