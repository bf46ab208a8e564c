using EcosystemSilo.Gateway.Fetching;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Fetching;

public sealed class VendorQuotaTests
{
    [Fact]
    public void ABackfill_LeavesHalfOfTheQuotaToWhatIsNew()
    {
        var quota = new VendorQuota([new QuotaRule(4, TimeSpan.FromHours(1))]);

        quota.Take(isPast: true).ShouldBeNull();
        quota.Take(isPast: true).ShouldBeNull();
        quota.Take(isPast: true).ShouldNotBeNull();
        quota.Take(isPast: false).ShouldBeNull();
        quota.Take(isPast: false).ShouldBeNull();
        quota.Take(isPast: false)!.Value.ShouldBeInRange(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
    }

    [Fact]
    public void OfSeveralQuotas_TheTightestHolds()
    {
        var quota = new VendorQuota([new(10, TimeSpan.FromMinutes(1)), new(2, TimeSpan.FromDays(1))]);

        quota.Take(isPast: false).ShouldBeNull();
        quota.Take(isPast: false).ShouldBeNull();
        quota.Take(isPast: false)!.Value.ShouldBeGreaterThan(TimeSpan.FromHours(1));
    }
}
