using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Gateway.Sources;

/// <summary>Makes the answers that show a source: its view, its address, and the counts that the lists keep.</summary>
public sealed class SourceAnswers(PublicUrl address, SourceSecrets secrets, ISourceList list)
{
    public ValueTask<object> WithSecret(GrainKey key, Versioned<SourceView> source) =>
        ValueTask.FromResult<object>(Answer(key, source, secrets.Reveal(source.View.Secrets[0], key)));

    public ValueTask<object> WithoutSecret(GrainKey key, Versioned<SourceView> source) =>
        ValueTask.FromResult<object>(Answer(key, source, secret: null));

    /// <summary>A source as its list shows it.</summary>
    public SourceResponse OfCard(EcosystemId ecosystem, SourceCard card) =>
        new(
            new SourceId(card.Id),
            card.Version,
            card.Name,
            card.Scheme,
            address.OfSource(SourceKey.Of(ecosystem, new SourceId(card.Id)), card.Scheme, secret: null),
            Secret: null,
            card.Mapping,
            card.Secrets,
            card.Counts
        );

    private SourceResponse Answer(GrainKey key, Versioned<SourceView> source, string? secret) =>
        SourceResponse.Of(
            key,
            source,
            address.OfSource(key, source.View.Scheme, secret),
            list.Counts(key.Ecosystem, new SourceId(key.Id)),
            secret
        );
}
