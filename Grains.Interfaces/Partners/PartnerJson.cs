using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Partners;

[JsonSerializable(typeof(RegisterPartner))]
[JsonSerializable(typeof(PartnerRegistered))]
[JsonSerializable(typeof(PartnerView))]
internal sealed partial class PartnerJson : JsonSerializerContext;
