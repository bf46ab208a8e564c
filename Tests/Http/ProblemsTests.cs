using System.Reflection;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Json;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Http;

public sealed class ProblemsTests : IDisposable
{
    private readonly GatewayUnderTest _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public void EveryCode_IsInTheTable()
    {
        var codes = new[] { typeof(Refusals), typeof(FieldCodes), typeof(EdgeCodes) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToList();

        codes.Except(Problems.Codes).ShouldBeEmpty("A code without an HTTP status.");
        Problems.Codes.Except(codes).ShouldBeEmpty("A status for a code that nobody gives.");
    }

    [Fact]
    public async Task AnUnavailableGrain_Is503WithRetryAfter()
    {
        _gateway.Grains.Fault = new GrainUnavailableException("The disk at /secret/place is full.");
        using var client = _gateway.AsBootstrap();

        using var response = await client.GetAsync("/api/acme/partners/p-1");

        var problem = await response.ShouldBeProblem(503, EdgeCodes.Unavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        problem.GetRawText().ShouldNotContain("secret");
    }

    [Fact]
    public async Task ABug_Is500AndTellsNothingOfOurInside()
    {
        _gateway.Grains.Fault = new InvalidOperationException("acme/partner/p-1 is impossible.");
        using var client = _gateway.AsBootstrap();

        using var response = await client.GetAsync("/api/acme/partners/p-1");

        var problem = await response.ShouldBeProblem(500, EdgeCodes.Unexpected);
        problem.GetRawText().ShouldNotContain("impossible");
        problem.GetRawText().ShouldNotContain("Exception");
    }

    [Theory]
    [InlineData("order-4711:retry.2", true)]
    [InlineData("with space", false)]
    [InlineData("<script>", false)]
    public async Task ACorrelationId_IsEchoedWhenWellFormed(string given, bool kept)
    {
        using var client = _gateway.AsBootstrap();
        using var response = await client.Post(
            "/api/acme/partners",
            """{"name":"N","category":"c"}""",
            ("X-Correlation-Id", given)
        );

        var echoed = response.Headers.GetValues("X-Correlation-Id").Single();
        (echoed == given).ShouldBe(kept);
        _gateway.Grains.Asked.Last().Correlation.ShouldBe(echoed);
    }
}
