using System.Text;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Personal;

internal sealed class SubjectBox(IJournal journal, IKeySafe safe) : ISubjectBox
{
    private readonly SubjectKeys _keys = new(journal, safe);

    public async ValueTask<string?> Seal(string subject, string place, string text, CancellationToken cancellation) =>
        await _keys.Keep(subject, cancellation) is { } key
            ? Convert.ToBase64String(SealedBytes.Seal(Encoding.UTF8.GetBytes(text), key, place))
            : null;

    public async ValueTask<string?> Open(
        string subject,
        string place,
        string sealedText,
        CancellationToken cancellation
    ) =>
        await _keys.Find(subject, cancellation) is { } key
            ? Encoding.UTF8.GetString(SealedBytes.Open(Convert.FromBase64String(sealedText), key, place))
            : null;

    public Task Forget(string subject, CancellationToken cancellation) => _keys.DestroyLeft(subject, cancellation);
}
