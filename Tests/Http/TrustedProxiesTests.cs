using System.Net;
using EcosystemSilo.Gateway.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Http;

public sealed class TrustedProxiesTests
{
    private const string Caller = "203.0.113.7";

    [Theory]
    [InlineData(null, "127.0.0.1", Caller, "127.0.0.1", "the word of nobody is taken by default")]
    [InlineData("127.0.0.1", "127.0.0.1", Caller, Caller, "a proxy by its address")]
    [InlineData("10.0.0.0/8, ::1", "10.1.2.3", Caller, Caller, "a proxy by its network")]
    [InlineData("10.0.0.0/8", "192.0.2.1", Caller, "192.0.2.1", "somebody else's word")]
    [InlineData("10.0.0.0/8", "10.1.2.3", $"{Caller}, 10.9.9.9", Caller, "two trusted proxies in a row")]
    [InlineData("10.0.0.0/8", "10.1.2.3", $"1.1.1.1, {Caller}", Caller, "what the caller itself claimed")]
    [InlineData("10.0.0.0/8", "10.1.2.3", "not-an-address", "10.1.2.3", "nonsense")]
    public async Task ACallersAddress_IsTakenFromTrustedProxiesOnly(
        string? trusted,
        string peer,
        string forwarded,
        string expected,
        string because
    ) => (await AddressSeen(trusted, peer, forwarded)).ShouldBe(expected, because);

    [Theory]
    [InlineData("nginx")]
    [InlineData("127.0.0.1,10.0.0.0/99")]
    public async Task ABadSetting_StopsTheStartWithItsName(string trusted)
    {
        var start = await Should.ThrowAsync<InvalidOperationException>(() => AddressSeen(trusted, "127.0.0.1", Caller));

        start.Message.ShouldContain("Gateway:TrustedProxies");
    }

    /// <summary>The address that the rest of the pipeline sees for a request from a peer.</summary>
    private static async Task<string?> AddressSeen(string? trusted, string peer, string forwarded)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new(TrustedProxies.Setting, trusted)]);
        await using var app = builder.Build();
        app.UseTrustedProxies();
        IPAddress? seen = null;
        app.Run(context =>
        {
            seen = context.Connection.RemoteIpAddress;
            return Task.CompletedTask;
        });
        var request = new DefaultHttpContext { RequestServices = app.Services };
        request.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        request.Request.Headers["X-Forwarded-For"] = forwarded;
        await ((IApplicationBuilder)app).Build()(request);
        return seen?.ToString();
    }
}
