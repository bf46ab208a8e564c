using System.Xml;
using System.Xml.Linq;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// Reads XML from outside: no document type (and so no entities of the sender's own), nothing fetched, and bounded in
/// depth and in the number of nodes. The size is that of the body.
/// </summary>
internal static class StrictXml
{
    public static Rejected? Parse(ReadOnlyMemory<byte> bytes, out XElement root)
    {
        root = null!;
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = WebhookLimits.BodyBytesMax,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using (var walk = XmlReader.Create(new MemoryStream(bytes.ToArray()), settings))
            {
                for (var nodes = 1; walk.Read(); nodes++)
                {
                    if (walk.Depth > WebhookLimits.XmlDepthMax || nodes > WebhookLimits.XmlNodesMax)
                    {
                        return Rejections.BodyMalformed(
                            walk.LocalName,
                            $"at most {WebhookLimits.XmlDepthMax} deep, and one of {WebhookLimits.XmlNodesMax} nodes"
                        );
                    }
                }
            }

            using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray()), settings);
            root = XDocument.Load(reader).Root!;
            return null;
        }
        catch (XmlException fault)
        {
            return Rejections.XmlMalformed(fault.LineNumber, fault.LinePosition);
        }
    }
}
