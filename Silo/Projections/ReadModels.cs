using System.Collections.Concurrent;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Projections;

/// <summary>Rows that changed since the last save, as of a position.</summary>
internal sealed record UnsavedRows(long Position, IReadOnlyDictionary<string, object?> Rows);

/// <summary>A row as it was saved, read.</summary>
internal readonly record struct SavedRow(GrainKey Key, object Row);

/// <summary>
/// All read models, in memory: a fold of the journal up to <see cref="Position"/>. The rows that changed since the last
/// save are taken together with the position they belong to, so that what is saved is always such a fold too.
/// </summary>
internal sealed class ReadModels(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<EcosystemId, EcosystemModels> ecosystems = new();
    private Dictionary<string, object?> unsaved = new(StringComparer.Ordinal);
    private long position;

    public long Position => Volatile.Read(ref position);

    public int UnsavedCount => unsaved.Count;

    public IEnumerable<EcosystemModels> Ecosystems => ecosystems.Values;

    /// <summary>Kept also before anything happened in it: somebody may be waiting for its first card.</summary>
    public EcosystemModels Of(EcosystemId ecosystem) =>
        ecosystems.TryGetValue(ecosystem, out var known) ? known
        : ecosystems.Count < ProjectionLimits.EcosystemsAskedForMax ? Keeper(ecosystem)
        : New(ecosystem);

    /// <exception cref="InvalidOperationException">
    /// A position is missing, or an event is unknown: bugs, after which nothing more may be shown.
    /// </exception>
    public void Fold(IReadOnlyList<RecordedEvent> events)
    {
        lock (gate)
        {
            foreach (var recorded in events)
            {
                if (recorded.Position != position + 1)
                {
                    throw new InvalidOperationException(
                        $"The journal went from position {position} to {recorded.Position}; positions have no gaps."
                    );
                }

                var grain = GrainKey.Parse(recorded.Grain);
                if (IsShown(grain.Kind))
                {
                    Keeper(grain.Ecosystem).Fold(Fact.Of(grain, recorded));
                }

                Volatile.Write(ref position, recorded.Position);
            }
        }
    }

    /// <summary>Takes over saved rows and their position, before the first fold.</summary>
    public void Load(long saved, IEnumerable<SavedRow> rows)
    {
        lock (gate)
        {
            foreach (var ecosystem in rows.GroupBy(row => row.Key.Ecosystem))
            {
                Keeper(ecosystem.Key).Load([.. ecosystem.Select(row => row.Row)]);
            }

            position = saved;
        }
    }

    public UnsavedRows TakeUnsaved()
    {
        lock (gate)
        {
            var taken = new UnsavedRows(position, unsaved);
            unsaved = new Dictionary<string, object?>(StringComparer.Ordinal);
            return taken;
        }
    }

    /// <summary>Takes rows back that could not be saved, unless they changed again meanwhile.</summary>
    public void PutBack(UnsavedRows rows)
    {
        lock (gate)
        {
            foreach (var (key, row) in rows.Rows)
            {
                unsaved.TryAdd(key, row);
            }
        }
    }

    /// <summary>
    /// Lets viewers of every board see the changes so far, and returns how many were waiting for them.
    /// </summary>
    public int Publish() => ecosystems.Values.Sum(models => models.Publish());

    private EcosystemModels Keeper(EcosystemId ecosystem) => ecosystems.GetOrAdd(ecosystem, New);

    private EcosystemModels New(EcosystemId ecosystem) => new(ecosystem, time, Remember);

    private void Remember(GrainKey key, object? row) => unsaved[key.ToString()] = row;

    private static bool IsShown(string kind) =>
        kind
            is PartnerKey.Kind
                or DealKey.Kind
                or CustomerProgramKey.Kind
                or EnrolmentKey.Kind
                or DeliveryKey.Kind
                or SourceKey.Kind
                or EndpointKey.Kind
                or NotificationKey.Kind
                or ApiKeyKey.Kind
                or PersonKey.Kind
                or WearableStreamKey.Kind;

    public static SavedRow Read(ReaderRow stored)
    {
        var (key, value) = (GrainKey.Parse(stored.Key), stored.Value!.Value);
        object row = key.Kind switch
        {
            PartnerKey.Kind => RowJson.Read<PartnerRow>(value),
            DealKey.Kind => RowJson.Read<DealRow>(value),
            CustomerProgramKey.Kind => RowJson.Read<CustomerProgramRow>(value),
            EnrolmentKey.Kind => RowJson.Read<EnrolmentRow>(value),
            DeliveryKey.Kind => RowJson.Read<DeliveryRow>(value),
            SourceKey.Kind => RowJson.Read<SourceRow>(value),
            EndpointKey.Kind => RowJson.Read<EndpointRow>(value),
            NotificationKey.Kind => RowJson.Read<NotificationRow>(value),
            ApiKeyKey.Kind => RowJson.Read<ApiKeyRow>(value),
            PersonKey.Kind => RowJson.Read<PersonRow>(value),
            WearableStreamKey.Kind => RowJson.Read<StreamRow>(value),
            CountsRow.Kind => RowJson.Read<CountsRow>(value),
            BoardRow.RowKind => RowJson.Read<BoardRow>(value),
            _ => throw new InvalidOperationException($"A row was saved under '{key}', which is no kind of row."),
        };
        return new SavedRow(key, row);
    }
}
