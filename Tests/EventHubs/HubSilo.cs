using System.Text;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.SourceUsers;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.LoadTests.EventHubs;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.EventHubs;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EcosystemSilo.Tests.EventHubs;

/// <summary>A silo that is alone on PostgreSQL and reads the hub of a broker in this process.</summary>
internal sealed class HubSilo : IAsyncDisposable
{
    public const string Hub = "wearables";
    public const int Partitions = 4;

    private readonly IHost _host;
    private readonly string _database;

    private HubSilo(IHost host, HubBroker broker, string database)
    {
        (_host, Broker, _database) = (host, broker, database);
        Silo = TestSilo.In(host.Services);
    }

    public HubBroker Broker { get; }

    public TestSilo Silo { get; }

    public HubHealth Health => _host.Services.GetRequiredService<HubHealth>();

    public HubPartitions Read => _host.Services.GetRequiredService<HubPartitions>();

    /// <param name="connection">Instead of the broker's own.</param>
    public static async Task<HubSilo> Start(
        string database,
        HubBroker? broker = null,
        string? connection = null,
        ILoggerProvider? log = null,
        Action<IServiceCollection>? change = null
    )
    {
        broker ??= HubBroker.Start(Hub, Partitions);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        TestSilo.Prepare(builder);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Journal:Provider"] = "PostgreSql",
                ["Journal:ConnectionString"] = database,
                ["EventHubs:ConnectionString"] = connection ?? broker.ConnectionString,
                ["EventHubs:Hub"] = Hub,
                ["EventHubs:Ecosystem"] = "acme",
                ["Secrets:MasterKey"] = Convert.ToBase64String(new byte[32]),
            }
        );
        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        builder.Services.AddSingleton(new SecretBox(new MasterKey(builder.Configuration, data: null!)));
        builder.Services.AddSingleton<SourceSecrets>();
        builder.Services.AddSilo(builder.Configuration);
        change?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new HubSilo(host, broker, database);
    }

    /// <summary>Makes a source that allows the hub.</summary>
    public async Task<SourceId> Source(string id, string scheme, string? hub = Hub)
    {
        var source = new SourceId(id);
        var key = SourceKey.Of(TestSilo.Acme, source);
        var secrets = Silo.Services.GetRequiredService<SourceSecrets>();
        var settings = new Dictionary<string, SourceSetting>(StringComparer.Ordinal);
        if (hub is not null)
        {
            settings["eventHub"] = new SourceSetting(hub);
        }

        var secret = secrets.Make(WebhookSchemes.Find(scheme)!, key, chosen: null);
        await Silo.Accept(key, new CreateSource(id, scheme, new SourceMapping(), secret, settings));
        return source;
    }

    /// <summary>Connects a person, whose sender's id is their own, with a consent in force.</summary>
    public async Task<GrainKey> Person(string person, SourceId source)
    {
        var stream = WearableStreamKey.Of(TestSilo.Acme, new PersonId(person), source);
        await Silo.Accept(stream, new OpenStream(person, Purpose.Coaching));
        await Silo.Accept(stream, new FollowConsent(IsAllowed: true, Serial: 1));
        await Silo.Accept(SourceUserKey.Of(TestSilo.Acme, source, person), new LinkUser(new PersonId(person)));
        return stream;
    }

    public (int Partition, long Sequence) Send(HubEvent sent) => Broker.Send(sent);

    /// <summary>Waits for the dead letter that a message becomes.</summary>
    public async Task<DeliveryView> DeadLetter((int Partition, long Sequence) place)
    {
        var (grain, at) = ("", $"hub:{place.Partition}/{place.Sequence}@%");
        await Awaited.Until(
            async () => (grain = (await Sql(LettersOf, at)).SingleOrDefault() ?? "").Length > 0,
            $"the dead letter of {at}"
        );
        // What the database has may not have been acknowledged to its grain yet.
        return await Silo.Until<DeliveryView>(GrainKey.Parse(grain), _ => true, "the dead letter to be there");
    }

    private const string LettersOf = "SELECT grain FROM events WHERE name = 'delivery.buried' AND correlation LIKE $1";

    public async Task<List<string>> Sql(string query, params string[] values)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync())
        {
            found.Add($"{rows.GetValue(0)}");
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        await Broker.DisposeAsync();
    }
}

/// <summary>Messages as senders make them.</summary>
internal static class HubEvents
{
    public static HubEvent Native(SourceId source, string type, object data, string? id = null, string? key = null) =>
        Of(source, System.Text.Json.JsonSerializer.Serialize(new { type, data }), id, key);

    /// <summary>A heart rate a second from a time on.</summary>
    public static HubEvent HeartRates(SourceId source, string person, int first, int count, string? id = null) =>
        Of(
            source,
            $"{{\"samples\":[{string.Join(',', Enumerable.Range(first, count).Select(HeartRate))}]}}",
            id,
            person
        );

    public static HubEvent Of(SourceId source, string body, string? id = null, string? key = null) =>
        new(Encoding.UTF8.GetBytes(body), id, key)
        {
            Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["source"] = source.Value },
        };

    private static string HeartRate(int second)
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.Zero).AddSeconds(second);
        return $"{{\"uuid\":\"u-{second}\",\"type\":\"HKQuantityTypeIdentifierHeartRate\",\"value\":{60 + (second % 60)},"
            + $"\"unit\":\"count/min\",\"startDate\":\"{at:yyyy-MM-ddTHH:mm:ssZ}\",\"endDate\":\"{at:yyyy-MM-ddTHH:mm:ssZ}\"}}";
    }
}
