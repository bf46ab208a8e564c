using System.Reflection;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>The built silo, on the PostgreSQL database that the gateways of its cluster share.</summary>
public sealed class SiloProcess : ServerProcess
{
    private readonly TemporaryFolder _folder = new();

    public SiloProcess(string connectionString)
    {
        Set("Data__Folder", _folder.Path);
        Set("Journal__Provider", "PostgreSql");
        Set("Journal__ConnectionString", connectionString);
        Join("Silo");
    }

    /// <summary>From the same build as this program, with its blueprints beside it.</summary>
    protected override string Executable { get; } =
        typeof(SiloProcess)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "SiloProgram")
            .Value!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
