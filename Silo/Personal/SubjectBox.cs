using System.Text;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Silo.Personal;

internal sealed class SubjectBox(SubjectKeys keys) : ISubjectBox
{
    public async ValueTask<string?> Seal(string subject, string place, string text, CancellationToken cancellation) =>
        await keys.Keep(subject, cancellation) is { } key
            ? Convert.ToBase64String(SealedBytes.Seal(Encoding.UTF8.GetBytes(text), key, place))
            : null;

    public async ValueTask<string?> Open(
        string subject,
        string place,
        string sealedText,
        CancellationToken cancellation
    ) =>
        await keys.Find(subject, cancellation) is { } key
            ? Encoding.UTF8.GetString(SealedBytes.Open(Convert.FromBase64String(sealedText), key, place))
            : null;

    public Task Forget(string subject, CancellationToken cancellation) => keys.DestroyLeft(subject, cancellation);
}
