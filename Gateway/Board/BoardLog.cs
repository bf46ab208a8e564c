namespace EcosystemSilo.Gateway.Board;

/// <summary>Log messages of this folder: 3300 to 3399.</summary>
internal static partial class BoardLog
{
    [LoggerMessage(3300, LogLevel.Information, "Viewer {Connection} is cut off: its credentials have ended")]
    public static partial void CredentialsEnded(this ILogger log, string connection);

    [LoggerMessage(3301, LogLevel.Warning, "Viewer {Connection} is cut off: it took no message for {Seconds} s")]
    public static partial void ViewerTooSlow(this ILogger log, string connection, double seconds);

    [LoggerMessage(3302, LogLevel.Error, "Viewer {Connection} is cut off: its watch failed")]
    public static partial void WatchFailed(this ILogger log, string connection, Exception fault);

    [LoggerMessage(3303, LogLevel.Error, "The call {Method} of viewer {Connection} failed")]
    public static partial void CallFailed(this ILogger log, string connection, string method, Exception fault);
}
