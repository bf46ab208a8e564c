using EcosystemSilo.LoadTests.Goals;
using EcosystemSilo.LoadTests.Reports;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.LoadTests;

public sealed class ReportTests
{
    private static readonly Goal Half = new("half", "at least half", Side.AtLeast, 0.5, "x");

    [Fact]
    public void Memory_IsFlatByTheLastQuarterAgainstTheSecond_SoThatFillingUpDoesNotCount()
    {
        Viewing.Growth([10, 50, 100, 100, 100, 100, 100, 100]).ShouldBe(1);
        Viewing.Growth([10, 50, 100, 100, 110, 120, 130, 130]).ShouldBe(1.3);
        Viewing.Growth([100]).ShouldBe(1);
    }

    /// <summary>One sample out of line, taken right before a collection, is no growth.</summary>
    [Fact]
    public void OneHighSample_IsNoGrowth() =>
        Viewing.Growth([100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 900, 100]).ShouldBe(1);

    [Fact]
    public void ALogarithmicAxis_HasWholePowersOfTen_AndKeepsWhatIsBeyondAtItsEdges()
    {
        var axis = Axis.Log([3, 40], "ms");

        axis.Ticks.ShouldBe([1, 10, 100]);
        axis.Place(10).ShouldBe(0.5, tolerance: 1e-9);
        axis.Place(0).ShouldBe(0);
        axis.Place(1e9).ShouldBe(1);
    }

    [Fact]
    public void ALinearAxis_BeginsAtZero_AndEndsAtARoundNumber() =>
        Axis.FromZero([7, 3_700], "/s").Ticks.ShouldBe([0, 2_000, 4_000]);

    [Fact]
    public void AReport_OpensWithoutNetwork_AndHidesNoMarkup()
    {
        var report = Report.Of(
            [Half.Measured([0.4, 0.6, 0.7], [new("<one> & other", "/s", [1, 2, 3])], "a <note>")],
            ["what <failed>"],
            [],
            TimeSpan.FromMinutes(1)
        );

        var page = HtmlReport.Of(report);

        page.ShouldContain("1 of 1 goals met");
        page.ShouldContain("&lt;one&gt; &amp; other");
        page.ShouldContain("a &lt;note&gt;");
        page.ShouldContain("what &lt;failed&gt;");
        page.ShouldNotContain("http");
        page.ShouldNotContain("<script");
    }
}
