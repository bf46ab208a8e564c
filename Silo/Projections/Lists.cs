using System.Collections.Concurrent;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Silo.Projections;

internal sealed class PartnerList(ReadModels models) : IPartnerList
{
    public Page<PartnerCard> Find(EcosystemId ecosystem, PartnerQuery query, PageRequest page) =>
        models.Of(ecosystem).Partners.All().NewestFirst(page, row => Matches(row, query), row => row.Card());

    public PartnerCard? Find(EcosystemId ecosystem, PartnerId partner) =>
        models.Of(ecosystem).Partners.Find(partner.Value)?.Card();

    private static bool Matches(PartnerRow row, PartnerQuery query) =>
        (query.Only is null || query.Only.Value.Value == row.Id)
        && (query.Phase is null || query.Phase == row.Stay.Phase)
        && (query.Tier is null || query.Tier == row.Tier)
        && (query.Category is null || query.Category == row.Category)
        && (query.Overdue is null || query.Overdue == row.Stay.Overdue)
        && (string.IsNullOrEmpty(query.Text) || row.Card().Mentions(query.Text));
}

internal sealed class DealList(ReadModels models) : IDealList
{
    public Page<DealCard> Find(EcosystemId ecosystem, DealQuery query, PageRequest page)
    {
        var ecosystemModels = models.Of(ecosystem);
        return ecosystemModels
            .Deals.All()
            .NewestFirst(
                page,
                row =>
                    Matches(row, query)
                    && (
                        string.IsNullOrEmpty(query.Text)
                        || row.Card(ecosystemModels.PartnerOf(row)).Mentions(query.Text)
                    ),
                row => row.Card(ecosystemModels.PartnerOf(row))
            );
    }

    private static bool Matches(DealRow row, DealQuery query) =>
        (query.Partner is null || query.Partner == row.Partner)
        && (query.Phase is null || query.Phase == row.Stay.Phase)
        && (query.Status is null || query.Status == row.Status);
}

internal sealed class CustomerProgramList(ReadModels models) : ICustomerProgramList
{
    public Page<CustomerProgramCard> Find(EcosystemId ecosystem, CustomerProgramQuery query, PageRequest page)
    {
        var ecosystemModels = models.Of(ecosystem);
        return ecosystemModels
            .Programs.All()
            .NewestFirst(
                page,
                row =>
                    Matches(row, query)
                    && (
                        string.IsNullOrEmpty(query.Text)
                        || row.Card(ecosystemModels.PartnerOf(row)).Mentions(query.Text)
                    ),
                row => row.Card(ecosystemModels.PartnerOf(row))
            );
    }

    private static bool Matches(CustomerProgramRow row, CustomerProgramQuery query) =>
        (query.Partner is null || query.Partner == row.Partner)
        && (query.Phase is null || query.Phase == row.Stay.Phase)
        && (query.Status is null || query.Status == row.Status)
        && (query.Type is null || query.Type == row.Type);
}

internal sealed class EnrolmentList(ReadModels models) : IEnrolmentList
{
    public Page<EnrolmentCard> Find(EcosystemId ecosystem, EnrolmentQuery query, PageRequest page) =>
        models
            .Of(ecosystem)
            .Enrolments.All()
            .NewestFirst(
                page,
                row =>
                    query.Program == row.Card.Program
                    && (query.Withdrawn is null || query.Withdrawn == row.Card.WithdrawnAt is not null),
                row => row.Card
            );
}

internal sealed class DeliveryList(ReadModels models) : IDeliveryList
{
    public Page<DeadLetterCard> Find(EcosystemId ecosystem, DeadLetterQuery query, PageRequest page) =>
        models
            .Of(ecosystem)
            .Deliveries.All()
            .NewestFirst(
                page,
                row =>
                    (query.Source is null || query.Source == row.Card.Source)
                    && (query.Status is null || query.Status == row.Card.Status),
                row => row.Card
            );
}

internal sealed class StreamList(ReadModels models) : IStreamList
{
    public Page<StreamCard> Find(EcosystemId ecosystem, StreamQuery query, PageRequest page)
    {
        var ecosystemModels = models.Of(ecosystem);
        return ecosystemModels.Streams.All().NewestFirst(page, row => Matches(Card(row), query), Card);

        StreamCard Card(StreamRow row)
        {
            var key = new GrainKey(ecosystem, WearableStreamKey.Kind, row.Id);
            var person = WearableStreamKey.Parts(key).Person;
            return row.Card(key, ecosystemModels.People.Find(person.Value)?.AttributedTo);
        }
    }

    private static bool Matches(StreamCard card, StreamQuery query) =>
        (query.Status is null || query.Status == card.Status)
        && (query.Source is null || query.Source == card.Source)
        && (query.Person is null || query.Person == card.Person)
        && (query.Only is null || query.Only == card.Partner);
}

internal sealed class EndpointList(ReadModels models) : IEndpointList
{
    private static readonly NotificationCounts None = new(Pending: 0, Delivered: 0, Failed: 0, Cancelled: 0);

    public Page<EndpointCard> Find(EcosystemId ecosystem, PageRequest page) =>
        models
            .Of(ecosystem)
            .Endpoints.All()
            .NewestFirst(page, row => row.View.Status != EndpointStatus.Deleted, row => row.Card());

    public NotificationCounts Counts(EcosystemId ecosystem, EndpointId endpoint) =>
        models.Of(ecosystem).Endpoints.Find(endpoint.Value)?.Counts ?? None;
}

internal sealed class NotificationList(ReadModels models) : INotificationList
{
    public Page<NotificationCard> Find(EcosystemId ecosystem, NotificationQuery query, PageRequest page) =>
        models
            .Of(ecosystem)
            .Notifications.All()
            .NewestFirst(
                page,
                row =>
                    (query.Endpoint is null || query.Endpoint == row.Card.Endpoint)
                    && (query.Status is null || query.Status == row.Card.Status),
                row => row.Card
            );
}

internal sealed class ApiKeyList(ReadModels models) : IApiKeyList
{
    public Page<ApiKeyCard> Find(EcosystemId ecosystem, PageRequest page) =>
        models.Of(ecosystem).ApiKeys.All().NewestFirst(page, _ => true, row => row.Card);
}

internal sealed class SourceList(ReadModels models) : ISourceList
{
    private readonly ConcurrentDictionary<(EcosystemId, SourceId), long> repeats = new();

    public Page<SourceCard> Find(EcosystemId ecosystem, PageRequest page) =>
        models
            .Of(ecosystem)
            .Sources.All()
            .NewestFirst(page, _ => true, row => row.Card(Counts(ecosystem, new SourceId(row.Id))));

    public DeliveryCounts Counts(EcosystemId ecosystem, SourceId source)
    {
        var row = models.Of(ecosystem).Counts(source.Value);
        return new DeliveryCounts(
            row?.Applied ?? 0,
            repeats.GetValueOrDefault((ecosystem, source)),
            row?.Received ?? 0,
            row?.Ignored ?? 0,
            row?.DeadLettered ?? 0,
            row?.Refused ?? 0
        );
    }

    public void CountRepeat(EcosystemId ecosystem, SourceId source) =>
        repeats.AddOrUpdate((ecosystem, source), 1, (_, count) => count + 1);
}
