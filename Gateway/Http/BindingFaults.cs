using System.Reflection;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// Finds the parameter of a path or query that the framework could not bind: it answers 400 without saying which, so
/// its parsing is repeated here, on this path alone.
/// </summary>
internal static class BindingFaults
{
    public static Refusal Explain(HttpContext context)
    {
        var parameters = context.GetEndpoint()?.Metadata.OfType<IParameterBindingMetadata>() ?? [];
        foreach (var parameter in parameters.Where(parameter => parameter.HasTryParse))
        {
            var name = parameter.Name;
            var text = context.Request.RouteValues.GetValueOrDefault(name) as string ?? context.Request.Query[name];
            var type = parameter.ParameterInfo.ParameterType;
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (text is null ? !parameter.IsOptional : !CanParse(type, text))
            {
                return new Refusal(FieldCodes.FieldInvalid, $"'{name}' must {Rule(type)}.", name);
            }
        }

        return new Refusal(EdgeCodes.RequestInvalid, "A parameter of the request could not be read.");
    }

    private static bool CanParse(Type type, string text)
    {
        var parse = type.GetMethod(
            nameof(int.TryParse),
            BindingFlags.Public | BindingFlags.Static,
            [typeof(string), type.MakeByRefType()]
        );
        return parse is null || parse.Invoke(null, [text, null]) is true;
    }

    private static string Rule(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Word<>)
            ? $"be one of {WordsOf(type.GenericTypeArguments[0])}"
        : type == typeof(bool) ? "be true or false"
        : Array.Exists(type.GetInterfaces(), IsId) ? $"have {Ids.Rule}"
        : "be a value of another form; see the API document";

    private static string WordsOf(Type type) =>
        string.Join(
            ", ",
            Enum.GetValues(type)
                .Cast<object>()
                .Select(value => JsonSerializer.SerializeToElement(value, type, GatewayJson.Options).GetString())
        );

    private static bool IsId(Type face) => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>);
}
