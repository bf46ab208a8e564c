namespace EcosystemSilo.Grains.Blueprints;

/// <summary>Bounds of reading a blueprint, so that a hostile file stays cheap.</summary>
public static class BlueprintLimits
{
    /// <summary>Ten times the larger of the shipped programs; the document is stored inside one event.</summary>
    public const int FileBytesMax = 256 * 1024;

    /// <summary>The schema nests five deep; the reader is recursive and must not run out of stack.</summary>
    public const int DepthMax = 16;

    /// <summary>An author mends the first errors first; a file of nonsense must not answer with megabytes.</summary>
    public const int ErrorsMax = 100;

    /// <summary>An error quotes the offending text, but never a whole paragraph of it (characters).</summary>
    public const int QuotedTextMax = 60;
}
