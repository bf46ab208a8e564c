using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Gateway.FirstRun;

/// <summary>
/// The sign-in of a development machine: when no bootstrap key is configured, one is made at the first start and kept
/// in the data folder. Anywhere else than in Development nothing is made up.
/// </summary>
public static class FirstRunKey
{
    private const string Setting = $"{AuthOptions.Section}:{nameof(AuthOptions.BootstrapKey)}";
    private const string FileName = "bootstrap.key";
    private const int KeyBytes = 30;

    public static void AddFirstRun(this WebApplicationBuilder builder)
    {
        var data = new DataFolder(builder.Configuration);
        builder.Services.AddSingleton(data);
        if (builder.Environment.IsDevelopment() && builder.Configuration[Setting] is not { Length: > 0 })
        {
            builder.Configuration[Setting] = data.ReadOrMake(FileName, () => Base32.Random(KeyBytes)).Trim();
        }

        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddSingleton(new FirstRunSignIn(builder.Configuration[Setting]!));
            builder.Services.AddHostedService<FirstRunGuide>();
        }
    }
}

/// <summary>The key that the guide prints.</summary>
public sealed record FirstRunSignIn(string Key);
