using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>Something found wrong at a place in a YAML text.</summary>
internal sealed record YamlFinding(Mark At, string Rule, string Message);

/// <summary>The root node of the text's only document, or what was wrong with its form.</summary>
internal sealed record YamlFormResult(YamlNode? Root, IReadOnlyList<YamlFinding> Findings);

/// <summary>
/// Accepts the plain part of YAML only: one document of mappings, lists and text. What can hide meaning or cost (tags,
/// anchors, aliases, repeated keys, deep nesting, control characters) is refused while the text streams by, before
/// any tree is built.
/// </summary>
internal static class YamlForm
{
    private const string UnreadableHere = "cannot read on from here: is a bracket or brace left open?";

    public static YamlFormResult Read(string text)
    {
        if (FirstBadCharacter(text) is { } badCharacter)
        {
            return new YamlFormResult(null, [badCharacter]);
        }

        var parser = new Parser(new StringReader(text));
        try
        {
            if (FirstFinding(parser) is { } finding)
            {
                return new YamlFormResult(null, [finding]);
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return new YamlFormResult(stream.Documents[0].RootNode, []);
        }
        catch (YamlException broken)
        {
            return new YamlFormResult(null, [new YamlFinding(broken.Start, "yaml-syntax", broken.Message)]);
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's scanner gives up so, without a place, on some broken texts: after what it read last.
            var at = parser.Current?.End ?? Mark.Empty;
            return new YamlFormResult(null, [new YamlFinding(at, "yaml-syntax", UnreadableHere)]);
        }
    }

    /// <summary>YamlDotNet takes NUL for the end of the file, so that rules after it would be lost unseen.</summary>
    private static YamlFinding? FirstBadCharacter(string text)
    {
        long line = 1;
        var lineStart = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var mark = new Mark(at, line, at - lineStart + 1);
            if (Quote.IsLoneSurrogate(text, at))
            {
                return new YamlFinding(mark, "lone-surrogate", "the text is not valid Unicode");
            }

            if (char.IsControl(text[at]) && text[at] is not ('\n' or '\r' or '\t'))
            {
                return new YamlFinding(mark, "control-character", "a blueprint has no control characters");
            }

            if (text[at] is '\n')
            {
                line++;
                lineStart = at + 1;
            }
        }

        return null;
    }

    private static YamlFinding? FirstFinding(Parser parser)
    {
        var open = new Stack<OpenNode>();
        var documents = 0;
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            switch (current)
            {
                case DocumentStart when ++documents > 1:
                    return Found(current, "multiple-documents", "a blueprint file holds one document");
                case AnchorAlias:
                    return Found(current, "alias", "aliases are not allowed: write the rule out");
                case NodeEvent node:
                    if (OfNode(node, open) is { } finding)
                    {
                        return finding;
                    }

                    break;
                case MappingEnd or SequenceEnd:
                    open.Pop();
                    break;
                default:
                    break;
            }
        }

        return documents == 0 ? new YamlFinding(Mark.Empty, "empty-file", "the file holds no blueprint") : null;
    }

    private static YamlFinding? OfNode(NodeEvent node, Stack<OpenNode> open)
    {
        if (!node.Anchor.IsEmpty)
        {
            return Found(node, "anchor", "anchors are not allowed: write the rule out");
        }

        if (!node.Tag.IsEmpty)
        {
            return Found(node, "tag", "tags are not allowed: quote a value to make it text");
        }

        if (open.TryPeek(out var parent) && parent.TakesKey() && OfKey(node, parent) is { } finding)
        {
            return finding;
        }

        if (node is Scalar scalar)
        {
            return OfText(scalar);
        }

        open.Push(new OpenNode(node is MappingStart));
        return open.Count > BlueprintLimits.DepthMax
            ? Found(node, "nesting-too-deep", $"at most {BlueprintLimits.DepthMax} levels")
            : null;
    }

    private static YamlFinding? OfKey(NodeEvent node, OpenNode parent)
    {
        if (node is not Scalar key)
        {
            return Found(node, "key-not-text", "a key is plain text");
        }

        return parent.Keys.Add(key.Value)
            ? null
            : Found(node, "duplicate-key", $"{Quote.Text(key.Value)} is already set in this mapping");
    }

    /// <summary>Escapes can still write what the raw text may not hold.</summary>
    private static YamlFinding? OfText(Scalar scalar) =>
        scalar.Value.Any(char.IsControl)
            ? Found(scalar, "control-character", "text is one line without control characters")
            : null;

    private static YamlFinding Found(ParsingEvent at, string rule, string message) => new(at.Start, rule, message);

    /// <summary>A mapping or list that is being read. In a mapping, keys and values take turns.</summary>
    private sealed class OpenNode(bool isMapping)
    {
        private bool _valueIsNext;

        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        public bool TakesKey()
        {
            var isKey = isMapping && !_valueIsNext;
            _valueIsNext = isKey;
            return isKey;
        }
    }
}
