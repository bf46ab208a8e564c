using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Silo.EventHubs;

internal static class EventHubsSettings
{
    /// <summary>
    /// Reads section <c>EventHubs</c> at once, since it decides what a process is put together from. Null when there is
    /// no hub.
    /// </summary>
    /// <exception cref="OptionsValidationException">A setting cannot be used; the message names it.</exception>
    public static EventHubsOptions? Read(IConfiguration configuration)
    {
        var options = new EventHubsOptions();
        configuration.GetSection(EventHubsOptions.Section).Bind(options);
        if (!options.IsSet)
        {
            return null;
        }

        var faults = options.Faults(configuration["Journal:Provider"] ?? "Sqlite").ToArray();
        return faults.Length == 0
            ? options
            : throw new OptionsValidationException(EventHubsOptions.Section, typeof(EventHubsOptions), faults);
    }
}
