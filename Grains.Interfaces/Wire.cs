using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EcosystemSilo.Grains.Interfaces;

/// <summary>A message type with its stable name, its version and its source-generated JSON contract.</summary>
public sealed record WireType(string Name, int Version, Type Type, JsonTypeInfo Json);

/// <summary>
/// The catalogue of all messages, read once from the <see cref="WireAttribute"/>s of this assembly. A message that is
/// missing from its folder's JSON context fails here, at start, with its name.
/// </summary>
public static class Wire
{
    /// <summary>Camel case, enums as words, nothing written for null: the form in which messages are stored.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    private static readonly FrozenDictionary<Type, WireType> ByType = Scan().ToFrozenDictionary(wire => wire.Type);

    private static readonly FrozenDictionary<(string, int), WireType> ByName = ByType.Values.ToFrozenDictionary(wire =>
        (wire.Name, wire.Version)
    );

    public static IReadOnlyCollection<WireType> All => ByType.Values;

    public static WireType Of(object message) => Of(message.GetType());

    public static WireType Of(Type type) =>
        ByType.TryGetValue(type, out var wire)
            ? wire
            : throw new InvalidOperationException($"{type.Name} has no [Wire] name.");

    public static WireType? Find(string name, int version) => ByName.GetValueOrDefault((name, version));

    public static byte[] Write(object message) => JsonSerializer.SerializeToUtf8Bytes(message, Of(message).Json);

    public static object Read(WireType wire, ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize(payload, wire.Json)
        ?? throw new InvalidOperationException($"A stored {wire.Name} v{wire.Version} is null.");

    private static IEnumerable<WireType> Scan() =>
        from type in typeof(Wire).Assembly.GetTypes()
        let wire = type.GetCustomAttribute<WireAttribute>()
        where wire is not null
        select new WireType(wire.Name, wire.Version, type, Options.GetTypeInfo(type));

    private static JsonSerializerOptions CreateOptions()
    {
        var contexts = typeof(Wire)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)))
            .Select(type => (IJsonTypeInfoResolver)Activator.CreateInstance(type)!)
            .ToArray();
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(contexts),
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly();
        return options;
    }
}
