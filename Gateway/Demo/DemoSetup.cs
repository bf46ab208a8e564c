namespace EcosystemSilo.Gateway.Demo;

/// <summary><c>dotnet run --project Gateway -- --demo</c>.</summary>
public static class DemoSetup
{
    private const string Switch = "--demo";

    public static bool IsAskedFor(string[] args) => args.Contains(Switch, StringComparer.Ordinal);

    public static void AddDemoTraffic(this IServiceCollection services)
    {
        services.AddSingleton<DemoEvents>();
        services.AddHostedService<DemoTraffic>();
    }
}
