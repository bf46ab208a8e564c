using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// <c>Prefer: wait=N</c> (RFC 7240, section 4.3): the caller would rather wait up to N seconds for what follows from
/// its command, such as the account's word on a deal, than poll for it.
/// </summary>
public static class Prefer
{
    public static (TimeSpan, BadRequest?) Wait(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(header => header?.Split(',', ';') ?? []))
        {
            var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
            if (!parts[0].Trim().Equals("wait", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (
                parts.Length == 2
                && int.TryParse(parts[1].Trim('"'), System.Globalization.NumberStyles.None, null, out var seconds)
            )
            {
                // Preferring longer than we wait is no error: the RFC lets a server do less than is preferred.
                var wait = TimeSpan.FromSeconds(seconds);
                return (wait < GatewayLimits.PreferWaitMax ? wait : GatewayLimits.PreferWaitMax, null);
            }

            return (
                TimeSpan.Zero,
                BadRequest.Because(EdgeCodes.PreferInvalid, "Prefer: wait=N takes whole seconds.", "Prefer")
            );
        }

        return (TimeSpan.Zero, null);
    }
}
