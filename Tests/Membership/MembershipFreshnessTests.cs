using System.Net;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Membership;

public sealed class MembershipFreshnessTests
{
    private readonly ManualClock clock = new();
    private readonly MembershipFreshness freshness;
    private readonly FakeTable rows = new();
    private readonly IMembershipTable table;

    public MembershipFreshnessTests()
    {
        freshness = new MembershipFreshness(clock);
        table = new WatchedMembershipTable(rows, freshness, new Self());
    }

    [Fact]
    public void ASiloThatHasNotSeenTheTable_IsNotFresh() => freshness.IsFresh.ShouldBeFalse();

    [Fact]
    public async Task ALookAtTheTable_CountsForFiveSeconds()
    {
        await table.ReadAllAsync();
        clock.Advance(TimeSpan.FromSeconds(4.9));
        freshness.IsFresh.ShouldBeTrue();

        clock.Advance(TimeSpan.FromSeconds(0.1));
        freshness.IsFresh.ShouldBeFalse();

        await table.ReadRowAsync(Self.Address);
        freshness.IsFresh.ShouldBeTrue();
    }

    [Fact]
    public async Task ALook_CountsFromItsBegin()
    {
        rows.Reading = () => clock.Advance(TimeSpan.FromSeconds(6));

        await table.ReadAllAsync();

        freshness.IsFresh.ShouldBeFalse();
    }

    [Fact]
    public async Task ALookThatFails_CountsForNothing()
    {
        rows.Reading = () => throw new TimeoutException();

        await Should.ThrowAsync<TimeoutException>(() => table.ReadAllAsync());

        freshness.IsFresh.ShouldBeFalse();
    }

    [Fact]
    public async Task ASignOfLife_SaysNothingOfTheOthers()
    {
        await table.UpdateIAmAliveAsync(rows.Own);

        freshness.IsFresh.ShouldBeFalse();
    }

    [Fact]
    public async Task ASiloThatIsNotInTheTable_IsNotFresh()
    {
        rows.IsThere = false;

        await table.ReadAllAsync();

        freshness.IsFresh.ShouldBeFalse();
    }

    [Fact]
    public async Task ASiloThatWasGivenUp_IsNeverFreshAgain()
    {
        await table.ReadAllAsync();
        rows.Own.Status = SiloStatus.Dead;
        await table.ReadAllAsync();
        freshness.IsFresh.ShouldBeFalse();

        rows.Own.Status = SiloStatus.Active;
        await table.ReadAllAsync();
        freshness.IsFresh.ShouldBeFalse();
    }

    private sealed class Self : ILocalSiloDetails
    {
        public static SiloAddress Address { get; } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 2);

        public string Name => "silo";

        public string ClusterId => "cluster";

        public string DnsHostName => "host";

        public SiloAddress SiloAddress => Address;

        public SiloAddress GatewayAddress => Address;
    }

    private sealed class FakeTable : IMembershipTable
    {
        public MembershipEntry Own { get; } = new() { SiloAddress = Self.Address, Status = SiloStatus.Active };

        public bool IsThere { get; set; } = true;

        public Action Reading { get; set; } = () => { };

        public Task<MembershipTableData> ReadAll()
        {
            Reading();
            var version = new TableVersion(1, "1");
            return Task.FromResult(
                IsThere ? new MembershipTableData(Tuple.Create(Own, ""), version) : new MembershipTableData(version)
            );
        }

        public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAll();

        public Task UpdateIAmAlive(MembershipEntry entry) => Task.CompletedTask;

        public Task InitializeMembershipTable(bool tryInitTableVersion) => throw new NotSupportedException();

        public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException();

        public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => throw new NotSupportedException();

        public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
            throw new NotSupportedException();

        public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
            throw new NotSupportedException();
    }
}
