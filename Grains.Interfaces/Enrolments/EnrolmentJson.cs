using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Enrolments;

[JsonSerializable(typeof(StartEnrolment))]
[JsonSerializable(typeof(WithdrawEnrolment))]
[JsonSerializable(typeof(EnrolmentStarted))]
[JsonSerializable(typeof(EnrolmentRepeated))]
[JsonSerializable(typeof(EnrolmentWithdrawn))]
[JsonSerializable(typeof(EnrolmentView))]
internal sealed partial class EnrolmentJson : JsonSerializerContext;
