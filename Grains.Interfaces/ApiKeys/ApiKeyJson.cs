using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.ApiKeys;

[JsonSerializable(typeof(IssueApiKey))]
[JsonSerializable(typeof(RevokeApiKey))]
[JsonSerializable(typeof(ApiKeyIssued))]
[JsonSerializable(typeof(ApiKeyRevoked))]
[JsonSerializable(typeof(ApiKeyView))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
