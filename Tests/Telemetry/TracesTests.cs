using EcosystemSilo.Silo.Telemetry;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Telemetry;

public sealed class TracesTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public void ATraceIdIsItsOwnTrace() => Traces.TraceOf(TraceId).ToHexString().ShouldBe(TraceId);

    [Theory]
    [InlineData("order-17")]
    [InlineData("0AF7651916CD43DD8448EB211C80319C")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("0af7651916cd43dd8448eb211c80319")]
    public void AnyOtherCorrelationIsOneTraceToo(string correlation)
    {
        var trace = Traces.TraceOf(correlation).ToHexString();

        trace.ShouldNotBe(new string('0', 32));
        trace.ShouldBe(Traces.TraceOf(correlation).ToHexString());
        trace.ShouldNotBe(Traces.TraceOf("order-18").ToHexString());
    }

    [Fact]
    public void WhereNobodyTakesTraces_NoneAreMade() =>
        Traces.Follow("reactions", System.Diagnostics.ActivityKind.Consumer, "").ShouldBeNull();
}
