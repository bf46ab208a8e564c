using System.Text.RegularExpressions;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces.Operations;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Operations;

/// <summary>Has another log level for a time.</summary>
/// <param name="Category">The beginning of a logger's name, such as <c>Orleans.Runtime</c> or
/// <c>Npgsql</c>; <c>Default</c> for all. 1 to 200 letters, digits and <c>. _ + ` -</c>.</param>
/// <param name="Level">From which severity on.</param>
/// <param name="Minutes">For how long, 1 to 60; 0 ends what is there.</param>
/// <param name="Silo">The address of the only silo that is meant; left out, all of them and this process.</param>
public sealed partial record LogLevelRequest(string Category, LogSeverity Level, int Minutes, string? Silo = null)
    : IRequest<LogLevelRequest>
{
    public static LogLevelRequest Read(Fields fields)
    {
        var request = new LogLevelRequest(
            fields.Text("category", GatewayLimits.LogCategoryLengthMax),
            fields.Word<LogSeverity>("level"),
            fields.Integer("minutes", 0, GatewayLimits.LogLevelMinutesMax),
            fields.OptionalText("silo", GatewayLimits.SiloAddressLengthMax)
        );
        if (request.Category is { Length: > 0 } category && !Named().IsMatch(category))
        {
            fields.Blame("category", FieldCodes.FieldInvalid, "may have letters, digits and . _ + ` - only.");
        }

        return request;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._+`-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Named();
}

/// <summary>Puts a grain out of memory.</summary>
/// <param name="Reason">Why, for the log; 1 to 200 characters.</param>
public sealed record DeactivateRequest(string Reason) : IRequest<DeactivateRequest>
{
    public static DeactivateRequest Read(Fields fields) => new(fields.Text("reason", FieldLimits.NameLengthMax));
}
