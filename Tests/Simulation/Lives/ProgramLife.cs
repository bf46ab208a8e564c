using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Enrolments;

namespace EcosystemSilo.Tests.Simulation.Lives;

/// <summary>A customer program from its creation to its end, with fewer places than people who ask for one.</summary>
internal sealed class ProgramLife(World world, BlueprintDocument program, int number) : Life(world, program, number)
{
    private const int Capacity = 3;

    private readonly CustomerProgramId _id = new($"program-{number}");
    private int _invitations;

    public override async Task Live()
    {
        var key = CustomerProgramKey.Of(Ecosystem, _id);
        await Wait(days: 30);
        while (!World.IsOver)
        {
            var view = await Clients.Read<CustomerProgramView>(key);
            await Task.WhenAll(Several(() => Next(key, view)));
            await Wait(view is { Status: ProgramStatus.Ended } ? 60 : 4);
        }
    }

    private Task Next(GrainKey key, CustomerProgramView? view) =>
        (view, Luck.Next(40)) switch
        {
            (null, _) => Clients.Send(key, Create()),
            (_, < 14) => Clients.Send(key, NextStep(view.Lifecycle)),
            (_, < 18) => Clients.Send(key, Invite()),
            (_, < 32) => Clients.Send(key, new EnrolPerson(AnyPerson(), CodeHash(Luck.Next(_invitations + 1)))),
            (_, < 37) => Clients.Send(EnrolmentKey.Of(Ecosystem, _id, AnyPerson()), new WithdrawEnrolment()),
            (_, 37) => Clients.Send(key, new RevokeInvitation(new InvitationId($"i-{Luck.Next(_invitations + 1)}"))),
            (_, 38) => Clients.Send(key, new RenewProgram(About(TimeSpan.FromDays(Luck.Next(30, 400))))),
            _ => Luck.Next(4) == 0 ? Clients.Send(key, new EndProgram("no budget")) : Task.CompletedTask,
        };

    private CreateProgram Create() =>
        new(
            "Walk",
            AnyPartner(),
            new Customer("St Mary", "www.stmary.example"),
            ProgramType.EmployerWellness,
            About(TimeSpan.Zero),
            About(TimeSpan.FromDays(Luck.Next(100, 500))),
            Capacity: Capacity
        );

    private CreateInvitation Invite()
    {
        var made = ++_invitations;
        return new CreateInvitation(
            new InvitationId($"i-{made}"),
            CodeHash(made),
            "abcd",
            UsesMax: Luck.Next(1, 8),
            About(TimeSpan.FromDays(60))
        );
    }

    private string CodeHash(int invitation) => $"hash-{Number}-{invitation}";

    private PersonId AnyPerson() => Any(PersonLife.People(Program.Ecosystem));
}
