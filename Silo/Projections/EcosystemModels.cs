using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Silo.Projections;

/// <summary>
/// Everything that is shown of one ecosystem. One writer; tables and boards take any number of readers.
/// </summary>
/// <param name="changed">Told of every row that changed, by kind and id; a null row was dropped.</param>
internal sealed class EcosystemModels(EcosystemId ecosystem, TimeProvider time, Action<GrainKey, object?> changed)
{
    private readonly Lock countsGate = new();
    private readonly Dictionary<string, CountsRow> counts = new(StringComparer.Ordinal);

    public Table<PartnerRow> Partners { get; } = new();
    public OwnedRows<DealRow> Deals { get; } = new(BoardKind.Deals, time);
    public OwnedRows<CustomerProgramRow> Programs { get; } = new(BoardKind.Programs, time);
    public Table<EnrolmentRow> Enrolments { get; } = new();
    public Table<DeliveryRow> Deliveries { get; } = new(ProjectionLimits.DeliveriesListedMax);
    public Table<SourceRow> Sources { get; } = new();
    public Table<EndpointRow> Endpoints { get; } = new();
    public Table<NotificationRow> Notifications { get; } = new(ProjectionLimits.NotificationsListedMax);
    public Table<ApiKeyRow> ApiKeys { get; } = new();
    public Table<PersonRow> People { get; } = new();
    public Table<StreamRow> Streams { get; } = new();
    public BoardFeed PartnerBoard { get; } = new(BoardKind.Partners, time);

    public CountsRow? Counts(string source)
    {
        lock (countsGate)
        {
            return counts.GetValueOrDefault(source);
        }
    }

    public string Name => ecosystem.Value;

    /// <summary>Dead letters of all sources that nobody has replayed with success.</summary>
    public long DeadLetters()
    {
        lock (countsGate)
        {
            return counts.Values.Sum(row => row.DeadLettered);
        }
    }

    public long DisabledEndpoints() => Endpoints.All().LongCount(row => row.View.Status == EndpointStatus.Disabled);

    public BoardFeed Board(BoardKind kind) =>
        kind switch
        {
            BoardKind.Partners => PartnerBoard,
            BoardKind.Deals => Deals.Board,
            _ => Programs.Board,
        };

    public PartnerRow? PartnerOf(IOwnedRow row) => Partners.Find(row.Partner.Value);

    /// <summary>
    /// Lets viewers of every board see the changes so far, and returns how many were waiting for them.
    /// </summary>
    public int Publish() => Enum.GetValues<BoardKind>().Sum(kind => Board(kind).Publish());

    public void Fold(Fact fact)
    {
        Count(fact);
        switch (fact.Grain.Kind)
        {
            case PartnerKey.Kind:
                FoldPartner(fact);
                break;
            case DealKey.Kind:
                FoldOwned(Deals, fact, DealRow.Fold);
                break;
            case CustomerProgramKey.Kind:
                FoldOwned(Programs, fact, CustomerProgramRow.Fold);
                break;
            case EnrolmentKey.Kind:
                Fold(Enrolments, fact, EnrolmentRow.Fold);
                break;
            case DeliveryKey.Kind:
                Fold(Deliveries, fact, DeliveryRow.Fold);
                break;
            case SourceKey.Kind:
                Fold(Sources, fact, SourceRow.Fold);
                break;
            case EndpointKey.Kind:
                Fold(Endpoints, fact, EndpointRow.Fold);
                break;
            case NotificationKey.Kind:
                Fold(Notifications, fact, NotificationRow.Fold);
                CountNotification(fact);
                break;
            case ApiKeyKey.Kind:
                Fold(ApiKeys, fact, ApiKeyRow.Fold);
                break;
            case PersonKey.Kind:
                Fold(People, fact, PersonRow.Fold);
                break;
            case WearableStreamKey.Kind:
                Fold(Streams, fact, StreamRow.Fold);
                break;
        }
    }

    /// <summary>Takes over saved rows, in any order, before the first fold.</summary>
    public void Load(IReadOnlyCollection<object> rows)
    {
        Partners.Load(rows.OfType<PartnerRow>());
        Enrolments.Load(rows.OfType<EnrolmentRow>());
        Deliveries.Load(rows.OfType<DeliveryRow>());
        Sources.Load(rows.OfType<SourceRow>());
        Endpoints.Load(rows.OfType<EndpointRow>());
        Notifications.Load(rows.OfType<NotificationRow>());
        ApiKeys.Load(rows.OfType<ApiKeyRow>());
        People.Load(rows.OfType<PersonRow>());
        Streams.Load(rows.OfType<StreamRow>());
        foreach (var row in rows.OfType<CountsRow>())
        {
            counts[row.Id] = row;
        }

        var versions = rows.OfType<BoardRow>().ToDictionary(row => row.Kind, row => row.Version);
        PartnerBoard.Load(versions.GetValueOrDefault(BoardKind.Partners), Partners.All().Select(row => row.Card()));
        Deals.Load(rows.OfType<DealRow>(), versions.GetValueOrDefault(BoardKind.Deals), PartnerOf);
        Programs.Load(rows.OfType<CustomerProgramRow>(), versions.GetValueOrDefault(BoardKind.Programs), PartnerOf);
    }

    private void FoldPartner(Fact fact)
    {
        var before = Partners.Find(fact.Grain.Id);
        if (Fold(Partners, fact, PartnerRow.Fold) is not { } after)
        {
            return;
        }

        Show(PartnerBoard, fact, before?.Card(), after.Card());
        if ((before?.Name, before?.Tier, before?.Category) == (after.Name, after.Tier, after.Category))
        {
            return;
        }

        ShowPartner(Deals, fact, before, after);
        ShowPartner(Programs, fact, before, after);
    }

    /// <summary>The cards of what a partner owns show the partner.</summary>
    private void ShowPartner<TRow>(OwnedRows<TRow> rows, Fact fact, PartnerRow? before, PartnerRow after)
        where TRow : class, IOwnedRow
    {
        foreach (var row in rows.Of(new PartnerId(after.Id)))
        {
            Show(rows.Board, fact, row.Card(before), row.Card(after));
        }
    }

    private void FoldOwned<TRow>(OwnedRows<TRow> rows, Fact fact, Func<TRow?, Fact, TRow?> fold)
        where TRow : class, IOwnedRow
    {
        var before = rows.Find(fact.Grain.Id);
        if (Fold(rows.Table, fact, fold) is not { } after)
        {
            return;
        }

        if (before is null)
        {
            rows.Own(after);
        }

        var partner = PartnerOf(after);
        Show(rows.Board, fact, before?.Card(partner), after.Card(partner));
    }

    private void Count(Fact fact)
    {
        var delivery = fact.Grain.Kind == DeliveryKey.Kind ? Deliveries.Find(fact.Grain.Id) : null;
        if (CountsRow.SourceOf(fact, delivery) is not { } source)
        {
            return;
        }

        var row = CountsRow.Fold(Counts(source), source, fact, delivery?.Card.Status);
        lock (countsGate)
        {
            counts[source] = row;
        }

        changed(new GrainKey(ecosystem, CountsRow.Kind, source), row);
    }

    private void CountNotification(Fact fact)
    {
        var endpoint = NotificationRow.EndpointOf(fact.Body) is { } id ? Endpoints.Find(id.Value) : null;
        if (endpoint is not null && endpoint.Count(fact) is var counted && !ReferenceEquals(counted, endpoint))
        {
            Endpoints.Put(counted);
            changed(EndpointKey.Of(ecosystem, new EndpointId(endpoint.Id)), counted);
        }
    }

    private void Show(BoardFeed board, Fact fact, Card? before, Card? after)
    {
        if (board.Move(fact.Position, before, after, fact.Recorded.Correlation))
        {
            var row = new BoardRow(board.Kind, fact.Position);
            changed(new GrainKey(ecosystem, BoardRow.RowKind, row.Kind.ToString()), row);
        }
    }

    /// <summary>The row after the fact; null when the fact changed nothing.</summary>
    private TRow? Fold<TRow>(Table<TRow> table, Fact fact, Func<TRow?, Fact, TRow?> fold)
        where TRow : class, IRow
    {
        var before = table.Find(fact.Grain.Id);
        var after = fold(before, fact);
        if (after is null || ReferenceEquals(before, after))
        {
            return null;
        }

        foreach (var dropped in table.Put(after))
        {
            changed(fact.Grain with { Id = dropped.Id }, null);
        }

        changed(fact.Grain, after);
        return after;
    }
}
