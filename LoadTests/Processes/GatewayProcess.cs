using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>The built gateway, with a data folder that outlives its crashes.</summary>
public sealed class GatewayProcess : ServerProcess
{
    public const string BootstrapKey = "bootstrap-key-of-a-process-0123456789abcdef";

    private readonly TemporaryFolder _folder = new();
    private readonly string _program;

    /// <param name="provider"><c>Sqlite</c> or <c>PostgreSql</c>.</param>
    /// <param name="connectionString">Null for a SQLite file in the data folder.</param>
    /// <param name="program">The executable of another build; null for the one of this build.</param>
    public GatewayProcess(string provider = "Sqlite", string? connectionString = null, string? program = null)
    {
        _program = program ?? Program;
        Provider = provider;
        ConnectionString = connectionString ?? $"Data Source={_folder.File("journal.db")}";
        Set("Auth__BootstrapKey", BootstrapKey);
        Set("Data__Folder", _folder.Path);
        Set("Journal__Provider", provider);
        Set("Journal__ConnectionString", ConnectionString);
    }

    public string Provider { get; }

    public string ConnectionString { get; }

    /// <summary>The executable, from the same build as this program and in the same configuration.</summary>
    public static string Program =>
        typeof(GatewayProcess)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "GatewayProgram")
            .Value!;

    protected override string Executable => _program;

    /// <summary>
    /// From its next start on it works together with the others on its database, rather than alone.
    /// </summary>
    /// <param name="role"><c>Both</c>, or <c>Gateway</c> for one that asks the others' grains.</param>
    public void JoinCluster(string role = "Both") => Join(role);

    /// <summary>A client that may do everything, for setting the stage.</summary>
    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Add("X-Api-Key", BootstrapKey);
        return client;
    }

    /// <summary>Creates a webhook source in acme and returns what its sender needs.</summary>
    /// <param name="settings">What the scheme needs to know of it; null for nothing.</param>
    public async Task<SourceAddress> CreateSource(string scheme, object? settings = null)
    {
        using var client = Client();
        using var answer = await client.PostAsJsonAsync(
            "/api/acme/sources",
            new
            {
                name = "Sender",
                scheme,
                settings = settings ?? new { },
            }
        );
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException($"The source was not created: {(int)answer.StatusCode} {text}");
        }

        var source = JsonElement.Parse(text);
        return new SourceAddress(
            source.GetProperty("id").GetString()!,
            source.GetProperty("url").GetString()!,
            source.GetProperty("secret").GetString()!
        );
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
