using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Silo.Membership;

internal static class ClusterSettings
{
    /// <summary>
    /// Reads section <c>Cluster</c> at once, since the role decides what a process is put together from.
    /// </summary>
    /// <param name="byDefault">The role of this program where the settings name none.</param>
    /// <exception cref="OptionsValidationException">A setting cannot be used; the message names it.</exception>
    public static ClusterOptions Read(IConfiguration configuration, ClusterRole byDefault)
    {
        var section = configuration.GetSection(ClusterOptions.Section);
        foreach (var (setting, sentence) in Typed)
        {
            if (section[setting] is { } text && !IsReadable(setting, text))
            {
                throw Unusable(sentence);
            }
        }

        var options = new ClusterOptions { Role = byDefault };
        section.Bind(options);
        options.Pod = KubernetesPod.Read(configuration, options.Role);
        var faults = options
            .Faults(configuration["Journal:Provider"] ?? "Sqlite")
            .Concat(options.Pod is null ? [] : KubernetesPod.Faults(configuration, options))
            .ToArray();
        return faults.Length == 0 ? options : throw Unusable(faults);
    }

    /// <summary>Settings that are no texts: what the binder would say of them names no setting.</summary>
    private static readonly (string Setting, string Sentence)[] Typed =
    [
        (nameof(ClusterOptions.Role), "Cluster__Role must be Single, Silo, Gateway or Both."),
        (nameof(ClusterOptions.SiloPort), "Cluster__SiloPort must be 1 to 65535."),
        (nameof(ClusterOptions.GatewayPort), "Cluster__GatewayPort must be 1 to 65535."),
        (nameof(ClusterOptions.DrainTime), ClusterOptions.DrainTimeRule),
        (nameof(ClusterOptions.AllowPlain), "Cluster__AllowPlain must be true or false."),
    ];

    private static bool IsReadable(string setting, string text) =>
        setting switch
        {
            // The enum's own parser takes numbers and lists as well.
            nameof(ClusterOptions.Role) => Enum.GetNames<ClusterRole>()
                .Contains(text, StringComparer.OrdinalIgnoreCase),
            nameof(ClusterOptions.DrainTime) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _),
            nameof(ClusterOptions.AllowPlain) => bool.TryParse(text, out _),
            _ => int.TryParse(text, out _),
        };

    private static OptionsValidationException Unusable(params string[] faults) =>
        new(ClusterOptions.Section, typeof(ClusterOptions), faults);
}
