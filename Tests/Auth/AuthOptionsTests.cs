using EcosystemSilo.Gateway.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Auth;

public sealed class AuthOptionsTests
{
    private const string Key31 = "0123456789012345678901234567890";

    [Theory]
    [InlineData("BootstrapKey", Key31, "Auth:BootstrapKey must have at least 32 characters")]
    [InlineData("BootstrapKey", "", "Auth:BootstrapKey must have at least 32 characters")]
    [InlineData("Authority", "https://login.example", "Auth:Audience must be set")]
    [InlineData("Authority", "http://login.example", "Auth:Authority must be an https address")]
    [InlineData("Authority", "login", "Auth:Authority must be an https address")]
    [InlineData("ClockSkew", "00:06:00", "Auth:ClockSkew must be")]
    [InlineData("SessionLifetime", "00:00:01", "Auth:SessionLifetime must be")]
    public async Task ABadSetting_StopsTheStartWithItsFullName(string setting, string value, string message)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[$"Auth:{setting}"] = value;
        builder.Configuration["Data:Folder"] = Directory.CreateTempSubdirectory("gateway").FullName;
        builder.AddCredentials();
        await using var app = builder.Build();

        var start = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

        start.Message.ShouldContain(message);
        start.Message.ShouldNotContain(Key31);
    }
}
