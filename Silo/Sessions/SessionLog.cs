using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Sessions;

/// <summary>What is logged of the keys of sessions; numbers 2080 to 2089.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(
        2080,
        LogLevel.Information,
        "{Count} keys of sessions came from {Folder} into the journal; nothing reads that folder any more."
    )]
    public static partial void KeysImported(ILogger logger, int count, string folder);

    [LoggerMessage(2081, LogLevel.Warning, "The key {Key} of sessions cannot be read; sessions under it have ended.")]
    public static partial void KeyUnreadable(ILogger logger, string key, Exception fault);
}
