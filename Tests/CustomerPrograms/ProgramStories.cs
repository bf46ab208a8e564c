using EcosystemSilo.Grains.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Lifecycle;
using EcosystemSilo.Tests.Support;

namespace EcosystemSilo.Tests.CustomerPrograms;

/// <summary>A customer program in every state it can be in, and every command that can reach it, by name.</summary>
internal static class ProgramStories
{
    public const string CodeHash = "Y29kZQ==";

    public static readonly DateTimeOffset Ends = Story.Morning.AddDays(365);
    public static readonly DateTimeOffset RenewalDueAt = Ends.AddDays(-30);
    public static readonly PersonId Ada = new("ada");

    public static readonly CreateProgram Create = new(
        "Moving Mary",
        new PartnerId("p-1"),
        new Customer("St Mary", "https://www.StMary.org/"),
        ProgramType.EmployerWellness,
        Story.Morning,
        Ends
    );

    public static readonly CreateInvitation Invite = new(new InvitationId("i-1"), CodeHash, "code", 1, Ends);

    public static IReadOnlyDictionary<string, Story> States { get; } =
        new Dictionary<string, Story>(StringComparer.Ordinal)
        {
            ["unknown"] = Program(),
            ["discovery"] = Program(Create, Invite),
            ["launched"] = Launched(),
            ["with Ada"] = Launched().Given(new EnrolPerson(Ada, CodeHash)),
            ["renewal due"] = Launched()
                .At(RenewalDueAt)
                .Given(new DeadlineReached(CustomerProgram.RenewalDeadline, RenewalDueAt)),
            ["ended"] = Launched().Given(new EndProgram("no budget")),
        };

    public static IReadOnlyDictionary<string, ICommand> Commands { get; } =
        new Dictionary<string, ICommand>(StringComparer.Ordinal)
        {
            ["create"] = Create,
            ["invite"] = Invite with { Invitation = new InvitationId("i-2") },
            ["revoke"] = new RevokeInvitation(new InvitationId("i-1")),
            ["enrol"] = new EnrolPerson(Ada, CodeHash),
            ["return place"] = new ReturnPlace(Ada),
            ["refer"] = new ReceiveReferral("ServiceRequest/12"),
            ["renew"] = new RenewProgram(Ends.AddDays(365)),
            ["end"] = new EndProgram("bankrupt"),
            ["complete item"] = new CompleteItem(new ItemId("goals")),
            ["advance"] = new AdvancePhase(),
            ["phase overdue"] = new DeadlineReached(LifecycleRules.TimeBoxDeadline, Story.Morning.AddDays(30)),
            ["renewal deadline"] = new DeadlineReached(CustomerProgram.RenewalDeadline, RenewalDueAt),
            ["end deadline"] = new DeadlineReached(CustomerProgram.EndDeadline, Ends),
        };

    /// <summary>In the phase in which people can enrol, with a code for one use.</summary>
    public static Story Launched(CreateProgram? create = null) =>
        Program(
            create ?? Create,
            new CompleteItem(new ItemId("goals")),
            new AdvancePhase(),
            new AdvancePhase(),
            Invite
        );

    public static Story Program(params ICommand[] commands) =>
        Story.Of(CustomerProgram.Kind, "program-1").Given(commands);
}
