using System.Globalization;
using System.Net;
using EcosystemSilo.Silo.Membership;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>
/// Where a process is told to listen. What the web server would say of a mistake in it, at the end of a long start,
/// names no setting.
/// </summary>
internal static class ListenAddresses
{
    private static readonly (string Key, string Setting)[] Ports =
    [
        (WebHostDefaults.HttpPortsKey, "ASPNETCORE_HTTP_PORTS"),
        (WebHostDefaults.HttpsPortsKey, "ASPNETCORE_HTTPS_PORTS"),
    ];

    /// <exception cref="StartRefusedException">An address or a port is none.</exception>
    public static void Check(IConfiguration settings)
    {
        foreach (var url in Listed(settings[WebHostDefaults.ServerUrlsKey]).Where(url => !IsAddress(url)))
        {
            throw Refused($"ASPNETCORE_URLS has '{url}', but must be addresses such as http://localhost:5080.");
        }
        foreach (var (key, setting) in Ports)
        {
            foreach (var port in Listed(settings[key]).Where(port => !IsPort(port)))
            {
                throw Refused($"{setting} has '{port}', but must be ports from 0 to {IPEndPoint.MaxPort}.");
            }
        }
    }

    private static string[] Listed(string? setting) =>
        (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.IsNamedPipe || address.Port is >= 0 and <= IPEndPoint.MaxPort;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsPort(string text) => ushort.TryParse(text, CultureInfo.InvariantCulture, out _);

    private static StartRefusedException Refused(string sentence) => new(ExitCodes.Settings, sentence);
}
