using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.CustomerPrograms;

[JsonSerializable(typeof(CreateProgram))]
[JsonSerializable(typeof(CreateInvitation))]
[JsonSerializable(typeof(RevokeInvitation))]
[JsonSerializable(typeof(EnrolPerson))]
[JsonSerializable(typeof(ReturnPlace))]
[JsonSerializable(typeof(ReceiveReferral))]
[JsonSerializable(typeof(RenewProgram))]
[JsonSerializable(typeof(EndProgram))]
[JsonSerializable(typeof(ProgramCreated))]
[JsonSerializable(typeof(InvitationCreated))]
[JsonSerializable(typeof(InvitationRevoked))]
[JsonSerializable(typeof(PersonEnrolled))]
[JsonSerializable(typeof(PlaceReturned))]
[JsonSerializable(typeof(ProgramReferralReceived))]
[JsonSerializable(typeof(ProgramRenewalDue))]
[JsonSerializable(typeof(ProgramRenewed))]
[JsonSerializable(typeof(ProgramEnded))]
[JsonSerializable(typeof(CustomerProgramView))]
internal sealed partial class CustomerProgramJson : JsonSerializerContext;
