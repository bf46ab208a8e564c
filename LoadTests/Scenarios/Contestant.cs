using EcosystemSilo.LoadTests.Baselines;
using EcosystemSilo.LoadTests.Generator;
using EcosystemSilo.LoadTests.Processes;
using Npgsql;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>The product on one of its stores, or a peer: a server that takes the same deliveries.</summary>
internal sealed class Contestant : IAsyncDisposable
{
    public const string Product = "product";
    public const string Sqlite = "product-sqlite";
    public const string Crud = "crud";
    public const string None = "none";

    /// <summary>Another build of the product, on PostgreSQL as well.</summary>
    public const string Former = "former";

    private readonly PostgresServer? _postgres;
    private readonly TemporaryFolder _folder;
    private SourceAddress? _source;
    private int _runs;

    private Contestant(string name, ServerProcess server, PostgresServer? postgres)
    {
        (Name, Server, _postgres, _folder) = (name, server, postgres, new TemporaryFolder());
        RuntimeFigures.Watch(server, RuntimeSocket);
    }

    public static IReadOnlyList<string> Names { get; } = [Product, Sqlite, Crud, None];

    public static bool IsProduct(string name) => name is Product or Sqlite;

    public string Name { get; }

    public ServerProcess Server { get; }

    public SourceAddress Source => _source ?? throw new InvalidOperationException($"{Name} has no source yet.");

    public RuntimeFigures Runtime => RuntimeFigures.Of(RuntimeSocket);

    private string RuntimeSocket => _folder.File("runtime");

    /// <summary>The number of the delivery of the run under way that set an amount; negative for older ones.</summary>
    public int DeliveryOf(int amount) => amount - (_runs * DealTraffic.AmountsOfARun);

    /// <summary>Starts it with its 2,000 partners and their deals.</summary>
    /// <param name="former">The executable of the former build, for <see cref="Former"/>.</param>
    public static async Task<Contestant> Start(string name, PostgresServer postgres, string? former = null)
    {
        switch (name)
        {
            case Product:
                return await StartProduct(
                    name,
                    new GatewayProcess("PostgreSql", await postgres.NewDatabase()),
                    postgres
                );
            case Former:
                return await StartProduct(
                    name,
                    new GatewayProcess("PostgreSql", await postgres.NewDatabase(), former),
                    postgres
                );
            case Sqlite:
                return await StartProduct(name, new GatewayProcess(), postgres: null);
            case Crud:
                var database = await postgres.NewDatabase();
                await Fill(database);
                return await StartPeer(name, new PeerProcess(Crud, database), postgres);
            case None:
                return await StartPeer(name, new PeerProcess(None), postgres: null);
            default:
                throw new ArgumentException($"'{name}' is none of {string.Join(", ", Names)}.", nameof(name));
        }
    }

    /// <summary>Amounts change: of one deal, or of each in turn.</summary>
    /// <param name="sending">Told the number of each delivery right before it is sent.</param>
    public Task<Measurement> ChangeAmounts(
        LoadShape shape,
        int deals = DealTraffic.Partners,
        Action<int>? sending = null
    ) => Send(shape, SignAmounts(shape, deals), sending);

    /// <summary>The deliveries of <see cref="ChangeAmounts"/>, ready to send.</summary>
    public Deliveries SignAmounts(LoadShape shape, int deals = DealTraffic.Partners)
    {
        var run = ++_runs;
        return Deliveries.Sign(
            Source,
            shape.Count,
            TimeProvider.System,
            number => DealTraffic.ChangeAmount(run, number, number % deals),
            shape.PerSecond
        );
    }

    /// <summary>Registers partners that were never heard of before.</summary>
    public Task<Measurement> RegisterNew(LoadShape shape)
    {
        var run = ++_runs;
        return Send(
            shape,
            Deliveries.Sign(
                Source,
                shape.Count,
                TimeProvider.System,
                number => DealTraffic.RegisterNew(run, number),
                shape.PerSecond
            )
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    public static async Task<Contestant> StartProduct(string name, GatewayProcess gateway, PostgresServer? postgres)
    {
        // One sender at its fastest is what is measured, so it must not be held back as a flood would be.
        gateway.Set("RateLimits__WebhooksPerSecond", "1000000");
        gateway.Set("RateLimits__WebhooksBurst", "1000000");
        gateway.Set("RateLimits__RestPerSecond", "1000000");
        gateway.Set("RateLimits__RestBurst", "1000000");
        var contestant = new Contestant(name, gateway, postgres);
        await gateway.Start();
        contestant._source = await gateway.CreateSource("standard-webhooks");
        await contestant.Register(DealTraffic.RegisterPartner);
        await contestant.Register(DealTraffic.RegisterDeal);
        return contestant;
    }

    private static async Task<Contestant> StartPeer(string name, PeerProcess peer, PostgresServer? postgres)
    {
        var contestant = new Contestant(name, peer, postgres)
        {
            _source = new SourceAddress(name, $"{peer.Url}/hooks/acme/{name}", PeerSignature.Secret),
        };
        await peer.Start();
        return contestant;
    }

    private static async Task Fill(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var create = source.CreateCommand(CrudPeer.Schema);
        await create.ExecuteNonQueryAsync();
        await using var fill = source.CreateCommand("INSERT INTO deals SELECT * FROM unnest($1, $2, $3, $4, $5, $6)");
        var numbers = Enumerable.Range(0, DealTraffic.Partners).ToArray();
        fill.Parameters.AddWithValue(Array.ConvertAll(numbers, DealTraffic.Deal));
        fill.Parameters.AddWithValue(Array.ConvertAll(numbers, DealTraffic.Partner));
        fill.Parameters.AddWithValue(Array.ConvertAll(numbers, _ => 12_500_000L));
        fill.Parameters.AddWithValue(Array.ConvertAll(numbers, _ => "USD"));
        fill.Parameters.AddWithValue(Array.ConvertAll(numbers, _ => 1L));
        fill.Parameters.AddWithValue(Array.ConvertAll(numbers, _ => TimeProvider.System.GetUtcNow().UtcDateTime));
        await fill.ExecuteNonQueryAsync();
    }

    private async Task Register(Func<int, (string Id, string Body)> body)
    {
        var deliveries = Deliveries.Sign(Source, DealTraffic.Partners, TimeProvider.System, body);
        var result = await Send(LoadShape.Once(deliveries.Count), deliveries);
        if (result.Load.Done != deliveries.Count)
        {
            throw new InvalidOperationException(
                $"{Name} took {result.Load.Done} of {deliveries.Count} registrations: {result.Errors}.\n{Server.Output}"
            );
        }
    }

    public Task<Measurement> Send(LoadShape shape, Deliveries deliveries, Action<int>? sending = null) =>
        Send(
            shape,
            deliveries.Count,
            number =>
            {
                sending?.Invoke(number);
                return deliveries[number];
            },
            "\"applied\""u8.ToArray()
        );

    /// <summary>Sends any ready-made requests.</summary>
    /// <param name="expected">What the body of a good answer contains.</param>
    public async Task<Measurement> Send(
        LoadShape shape,
        int count,
        Func<int, ReadOnlyMemory<byte>> request,
        ReadOnlyMemory<byte> expected
    )
    {
        var load = new Load(new Uri(Server.Url), shape.Callers, count, request, expected, shape.WarmUp, shape.Duration)
        {
            PerSecond = shape.PerSecond,
        };
        var before = UsageNow();
        var result = await LoadRun.Send(load, TimeProvider.System, () => before = UsageNow());
        return new Measurement(Name, result, UsageNow().Since(before));
    }

    private Usage UsageNow() =>
        new(Server.Usage, _postgres?.Usage ?? default, ServerUsage.Of(Environment.ProcessId), Runtime);
}
