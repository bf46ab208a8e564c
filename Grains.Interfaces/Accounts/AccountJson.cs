using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Accounts;

[JsonSerializable(typeof(ClaimAccount))]
[JsonSerializable(typeof(ReleaseAccount))]
[JsonSerializable(typeof(CloseAccount))]
[JsonSerializable(typeof(AccountProtected))]
[JsonSerializable(typeof(ClaimQueued))]
[JsonSerializable(typeof(ClaimMoved))]
[JsonSerializable(typeof(ClaimDenied))]
[JsonSerializable(typeof(AccountReleased))]
[JsonSerializable(typeof(ProtectionExpired))]
[JsonSerializable(typeof(AccountClosed))]
[JsonSerializable(typeof(AccountView))]
internal sealed partial class AccountJson : JsonSerializerContext;
