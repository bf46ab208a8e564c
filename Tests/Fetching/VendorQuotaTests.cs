using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Fetching;
using EcosystemSilo.Tests.Support;
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
    public void AQuotaOfPeople_IsEverybodysOwn()
    {
        var quotas = new VendorQuotas([new QuotaRule(2, TimeSpan.FromHours(1), IsPerPerson: true)]);
        var other = WearableStreamKey.Of(TestSilo.Acme, new PersonId("person-2"), new SourceId("ring"));

        quotas.Take(FetchingSilo.Stream, isPast: false).ShouldBeNull();
        quotas.Take(FetchingSilo.Stream, isPast: false).ShouldBeNull();
        quotas.Take(FetchingSilo.Stream, isPast: false).ShouldNotBeNull();
        quotas.Take(other, isPast: false).ShouldBeNull();
    }

    [Fact]
    public void OfSeveralQuotas_TheTightestHolds()
    {
        var quota = new VendorQuota([new(10, TimeSpan.FromMinutes(1)), new(2, TimeSpan.FromDays(1))]);

        quota.Take(isPast: false).ShouldBeNull();
        quota.Take(isPast: false).ShouldBeNull();
        quota.Take(isPast: false)!.Value.ShouldBeGreaterThan(TimeSpan.FromHours(1));
    }

    [Fact]
    public void AQuestionThatIsDenied_TakesNothing_OfTheQuotasThatWouldHaveGivenIt()
    {
        var quotas = new VendorQuotas([
            new QuotaRule(3, TimeSpan.FromHours(1), IsPerPerson: true),
            new QuotaRule(2, TimeSpan.FromDays(1)),
        ]);
        var other = WearableStreamKey.Of(TestSilo.Acme, new PersonId("person-2"), new SourceId("ring"));
        quotas.Take(other, isPast: false).ShouldBeNull();
        quotas.Take(other, isPast: false).ShouldBeNull();

        for (var asked = 0; asked < 10; asked++)
        {
            // The application's day is used up: that is what is waited for, and the person's hour is whole.
            quotas.Take(FetchingSilo.Stream, isPast: false)!.Value.ShouldBeGreaterThan(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public void ABackfillThatIsDenied_LeavesItsShare()
    {
        var rules = new[] { new QuotaRule(4, TimeSpan.FromDays(1)), new QuotaRule(2, TimeSpan.FromMilliseconds(300)) };
        var quota = new VendorQuota(rules);
        quota.Take(isPast: true).ShouldBeNull();
        for (var asked = 0; asked < 10; asked++)
        {
            quota.Take(isPast: true)!.Value.ShouldBeLessThan(TimeSpan.FromMinutes(1), "the short window is waited for");
        }
    }
}
