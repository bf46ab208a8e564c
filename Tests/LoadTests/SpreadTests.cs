using EcosystemSilo.LoadTests.Goals;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.LoadTests;

public sealed class SpreadTests
{
    private static readonly Goal AtLeastTwo = new("two", "twice as much", Side.AtLeast, 2, "x");

    [Fact]
    public void ASpread_HasTheMiddleAndBothEnds()
    {
        var odd = Spread.Of([9, 1, 5]);
        (odd.Min, odd.Median, odd.Max).ShouldBe((1, 5, 9));

        var even = Spread.Of([4, 1, 2, 9]);
        (even.Min, even.Median, even.Max).ShouldBe((1, 3, 9));
    }

    [Fact]
    public void ARatio_IsTakenRoundByRound_SoThatASlowMomentSlowsBothSides() =>
        Spread.Ratios([100, 50, 100], [20, 10, 20]).ShouldBe([5, 5, 5]);

    [Fact]
    public void RoundsThatWereNotMeasuredOnBothSides_HaveNoRatio() =>
        Should.Throw<ArgumentException>(() => Spread.Ratios([1, 2], [1]));

    [Theory]
    [InlineData(1.99, false)]
    [InlineData(2, true)]
    public void AGoal_IsMetByTheMedianAlone(double median, bool isMet) =>
        AtLeastTwo.Measured([0.1, median, 99], []).IsMet.ShouldBe(isMet);

    [Fact]
    public void AGoalOfAtMost_IsMetFromBelow()
    {
        var atMost = AtLeastTwo with { Side = Side.AtMost };

        atMost.Measured([1.5], []).IsMet.ShouldBeTrue();
        atMost.Measured([2.5], []).IsMet.ShouldBeFalse();
    }
}
