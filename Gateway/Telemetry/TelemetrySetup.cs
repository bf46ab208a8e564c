using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.Telemetry;

/// <summary>Registers the export of telemetry.</summary>
public static class TelemetrySetup
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<TelemetryOptions>()
            .Bind(builder.Configuration.GetSection(TelemetryOptions.Section))
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsCheck>();
        builder.Services.AddHostedService<TelemetryExport>();
    }

    private sealed class TelemetryOptionsCheck : IValidateOptions<TelemetryOptions>
    {
        public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
        {
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
