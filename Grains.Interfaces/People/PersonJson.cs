using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.People;

[JsonSerializable(typeof(RegisterPerson))]
[JsonSerializable(typeof(GrantConsent))]
[JsonSerializable(typeof(WithdrawConsent))]
[JsonSerializable(typeof(ErasePerson))]
[JsonSerializable(typeof(AddStream))]
[JsonSerializable(typeof(PreferSources))]
[JsonSerializable(typeof(JoinProgram))]
[JsonSerializable(typeof(ProgramJoined))]
[JsonSerializable(typeof(ProgramsLeft))]
[JsonSerializable(typeof(PersonStreamAdded))]
[JsonSerializable(typeof(StreamPermissionChanged))]
[JsonSerializable(typeof(SourcesPreferred))]
[JsonSerializable(typeof(PersonRegistered))]
[JsonSerializable(typeof(ConsentGranted))]
[JsonSerializable(typeof(ConsentWithdrawn))]
[JsonSerializable(typeof(PersonErased))]
[JsonSerializable(typeof(PersonalDataErased))]
[JsonSerializable(typeof(PersonView))]
internal sealed partial class PersonJson : JsonSerializerContext;
