using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// Makes the tables of the membership before a silo or a client asks for them. One process at a time, since several
/// start together.
/// </summary>
internal sealed class MembershipTables(string connectionString) : IHostedService
{
    /// <summary>The lock's number in the database; nothing else of ours uses it.</summary>
    private const long LockNumber = 0x45_53_4D_42;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ClusterSilo.Connection(connectionString));
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, $"SELECT pg_advisory_xact_lock({LockNumber})", cancellationToken);
        foreach (var (_, sql) in MembershipSchema.Steps)
        {
            await Execute(connection, sql, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
