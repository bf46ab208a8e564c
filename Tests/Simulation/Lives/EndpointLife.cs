using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Endpoints;

namespace EcosystemSilo.Tests.Simulation.Lives;

/// <summary>An endpoint that wants to be told of some events, and what its owner does to it.</summary>
internal sealed class EndpointLife(World world, BlueprintDocument program, int number, bool isInOrder)
    : Life(world, program, number)
{
    public static readonly IReadOnlyList<string> TypesInOrder = ["deal.won", "deal.lost", "deal.withdrawn"];
    public static readonly IReadOnlyList<string> TypesAsItComes = ["partner.phase-entered"];

    public override async Task Live()
    {
        var key = EndpointKey.Of(Ecosystem, new EndpointId($"e-{Number}"));
        await Wait(days: 20);
        while (!World.IsOver)
        {
            await Clients.Send(key, Next((await Clients.Read<EndpointView>(key))?.Status));
            await Wait(days: 25);
        }
    }

    private ICommand Next(EndpointStatus? status) =>
        (status, Luck.Next(20)) switch
        {
            (null, _) => new CreateEndpoint(Settings(perSecond: null), AnySecret()),
            (EndpointStatus.Disabled, < 16) => new EnableEndpoint(),
            (_, < 8) => new ChangeEndpoint(Settings(perSecond: Luck.Next(2) == 0 ? null : Luck.Next(1, 5))),
            (_, < 14) => new RotateEndpointSecret(AnySecret(), TimeSpan.FromDays(1)),
            (_, < 19) => new DisableEndpoint(),
            _ => new DeleteEndpoint(),
        };

    private EndpointSettings Settings(int? perSecond) =>
        new(
            "https://crm.example/hooks",
            Description: null,
            isInOrder ? TypesInOrder : TypesAsItComes,
            Partner: null,
            isInOrder ? SendOrder.Fifo : SendOrder.Unordered,
            perSecond
        );
}
