namespace EcosystemSilo.Grains.Interfaces;

/// <summary>
/// Encrypts text under the key of a subject. Once that key is destroyed, nobody reads the text any more, wherever a
/// copy of it lies.
/// </summary>
public interface ISubjectBox
{
    /// <summary>Seals text; the subject's key is made when there is none yet.</summary>
    /// <param name="place">Bound in, so that a sealed text copied to another place does not open there.</param>
    /// <returns>Base64; null when the subject's key was destroyed.</returns>
    ValueTask<string?> Seal(string subject, string place, string text, CancellationToken cancellation);

    /// <returns>Null when the subject's key was destroyed.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Sealed for another place, or
    /// damaged.</exception>
    ValueTask<string?> Open(string subject, string place, string sealedText, CancellationToken cancellation);

    /// <summary>Destroys the subject's key, if there is one.</summary>
    Task Forget(string subject, CancellationToken cancellation);
}
