using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Silo.Membership;

/// <summary>Orleans' membership table, with a note of what was last seen of it.</summary>
internal sealed class WatchedMembershipTable(
    IMembershipTable table,
    MembershipFreshness freshness,
    ILocalSiloDetails self
) : IMembershipTable
{
    /// <summary>Puts the watch around the table that has been registered.</summary>
    public static void Around(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(IMembershipTable));
        services.Remove(registered);
        services.AddSingleton(new MembershipFreshness(TimeProvider.System));
        services.AddSingleton<IMembershipView>(provider => provider.GetRequiredService<MembershipFreshness>());
        services.AddSingleton<IMembershipTable>(provider => new WatchedMembershipTable(
            (IMembershipTable)ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!),
            provider.GetRequiredService<MembershipFreshness>(),
            provider.GetRequiredService<ILocalSiloDetails>()
        ));
    }

    public Task InitializeMembershipTableAsync(
        bool tryInitTableVersion,
        CancellationToken cancellationToken = default
    ) => table.InitializeMembershipTableAsync(tryInitTableVersion, cancellationToken);

    public async Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        var begun = freshness.Now;
        var members = await table.ReadAllAsync(cancellationToken);
        Note(members, begun);
        return members;
    }

    public async Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken = default)
    {
        var begun = freshness.Now;
        var members = await table.ReadRowAsync(key, cancellationToken);
        Note(members, begun);
        return members;
    }

    public Task<bool> InsertRowAsync(
        MembershipEntry entry,
        TableVersion tableVersion,
        CancellationToken cancellationToken = default
    ) => table.InsertRowAsync(entry, tableVersion, cancellationToken);

    public Task<bool> UpdateRowAsync(
        MembershipEntry entry,
        string etag,
        TableVersion tableVersion,
        CancellationToken cancellationToken = default
    ) => table.UpdateRowAsync(entry, etag, tableVersion, cancellationToken);

    /// <summary>Is written whether or not the silo was given up, and so says nothing about it.</summary>
    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken = default) =>
        table.UpdateIAmAliveAsync(entry, cancellationToken);

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken = default) =>
        table.DeleteMembershipTableEntriesAsync(clusterId, cancellationToken);

    public Task CleanupDefunctSiloEntriesAsync(
        DateTimeOffset beforeDate,
        CancellationToken cancellationToken = default
    ) => table.CleanupDefunctSiloEntriesAsync(beforeDate, cancellationToken);

    private void Note(MembershipTableData members, long begun)
    {
        var own = members.Members.FirstOrDefault(member => member.Item1.SiloAddress.Equals(self.SiloAddress))?.Item1;
        if (own is { Status: SiloStatus.Dead })
        {
            freshness.WasGivenUp();
        }
        else if (own is not null)
        {
            freshness.Saw(begun);
        }
    }

    // The forms without a token are obsolete, but the interface still asks for them.
    public Task InitializeMembershipTable(bool tryInitTableVersion) =>
        InitializeMembershipTableAsync(tryInitTableVersion, CancellationToken.None);

    public Task DeleteMembershipTableEntries(string clusterId) =>
        DeleteMembershipTableEntriesAsync(clusterId, CancellationToken.None);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        CleanupDefunctSiloEntriesAsync(beforeDate, CancellationToken.None);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadRowAsync(key, CancellationToken.None);

    public Task<MembershipTableData> ReadAll() => ReadAllAsync(CancellationToken.None);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        InsertRowAsync(entry, tableVersion, CancellationToken.None);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

    public Task UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, CancellationToken.None);
}
