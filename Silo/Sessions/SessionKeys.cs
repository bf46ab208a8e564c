using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using EcosystemSilo.Journal;
using EcosystemSilo.Senders.Secrets;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Sessions;

/// <summary>
/// The keys under which the cookies of sessions are encrypted: facts in the journal's database, sealed under the master
/// key, so that a session that began at one gateway goes on at any other.
/// </summary>
internal sealed class SessionKeys(IJournal journal, SecretBox box, DataFolder data, ILogger<SessionKeys> logger)
    : IXmlRepository,
        IHostedService
{
    private const string Prefix = "session-key/";

    /// <summary>Where these keys lay before they came into the journal.</summary>
    private const string FormerFolder = "keys";

    private int known;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await journal.ListFacts(Prefix, cancellationToken)).Count == 0)
        {
            await Import(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A key that cannot be opened is as good as none: its sessions end, and others begin.</summary>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var facts = Wait(journal.ListFacts(Prefix, CancellationToken.None));
        known = facts.Count;
        return [.. facts.Select(Open).OfType<XElement>()];
    }

    /// <summary>
    /// Two gateways that miss a key at the same time make one each, for the same number. The first one's is kept, and
    /// whoever stores a key reads all of them again before it uses any.
    /// </summary>
    public void StoreElement(XElement element, string friendlyName) =>
        Wait(Keep(known + 1, element, CancellationToken.None));

    private async Task Import(CancellationToken cancellation)
    {
        var folder = new DirectoryInfo(data.PathOf(FormerFolder));
        var files = folder.Exists ? folder.GetFiles("key-*.xml") : [];
        var number = 0;
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            try
            {
                await using var text = file.OpenRead();
                await Keep(++number, await XElement.LoadAsync(text, LoadOptions.None, cancellation), cancellation);
            }
            catch (XmlException fault)
            {
                SessionLog.KeyUnreadable(logger, file.Name, fault);
            }
        }
        if (number > 0)
        {
            SessionLog.KeysImported(logger, number, folder.FullName);
        }
    }

    private Task<byte[]> Keep(int number, XElement element, CancellationToken cancellation)
    {
        var name = Prefix + number.ToString("d6", CultureInfo.InvariantCulture);
        var text = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        return journal.KeepFact(name, box.Seal(text, name), cancellation);
    }

    private XElement? Open(InstallationFact fact)
    {
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(box.Open(fact.Value.Span, fact.Name)));
        }
        catch (Exception fault) when (fault is CryptographicException or XmlException)
        {
            SessionLog.KeyUnreadable(logger, fact.Name, fault);
            return null;
        }
    }

    /// <summary>Data protection asks in a blocking way; it does so at start and then once a day.</summary>
    private static T Wait<T>(Task<T> answer) => answer.GetAwaiter().GetResult();
}
