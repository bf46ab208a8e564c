using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// The JSON of the gateway's answers: the same form as the stored one (<see cref="Grains.Interfaces.Wire.Options"/>),
/// camel case, enums as words, nothing written for null.
/// </summary>
public static class GatewayJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Brings options that the framework owns into the gateway's form.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
