namespace EcosystemSilo.Silo.Hosting;

/// <summary>The process must not start; the message is for whoever started it and says what to do.</summary>
internal sealed class StartRefusedException(int exitCode, string message, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>One of <see cref="Membership.ExitCodes"/>.</summary>
    public int ExitCode => exitCode;
}
