using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Deadlines have one effect, however many silos look for them.</summary>
public abstract class EngineDeadlineTests(RunningEngine engine) : EngineSuite(engine)
{
    private static readonly TimeSpan Discovery = TimeSpan.FromDays(
        ShippedBlueprints.Acme.PartnerPhases[0].TimeBoxDays ?? 0
    );

    private static readonly RegisterPartner Register = new("St Mary", new CategoryId("medical-device"));

    private GrainKey Partner => PartnerKey.Of(TestSilo.Acme, new PartnerId(Name));

    [Fact]
    public async Task ADeadline_HasItsEffectWhenItsTimeComes_AndOnlyOnce()
    {
        await Accept(Partner, Register);

        await Look();
        (await Alarms()).ShouldBe(0);
        Engine.Clock.Move(Discovery + TimeSpan.FromMinutes(10));
        await Until<PartnerView>(Partner, view => view.Lifecycle.Current.OverdueSince is not null, "the overdue alarm");
        await Look();

        (await Alarms()).ShouldBe(1);
        (await Due()).ShouldBeEmpty();
    }

    [Fact]
    public async Task ADeadlineThatWasReplaced_HasNoEffect()
    {
        await Accept(Partner, Register);
        var open = (await Read<PartnerView>(Partner)).View.Lifecycle.Checklist.Where(item => item.Required);
        foreach (var item in open)
        {
            await Accept(Partner, new CompleteItem(item.Item));
        }

        Engine.Clock.Move(TimeSpan.FromDays(1));
        await Accept(Partner, new AdvancePhase());
        Engine.Clock.Move(Discovery - TimeSpan.FromDays(1) + TimeSpan.FromMinutes(10));
        await Look();

        (await Alarms()).ShouldBe(0);
        (await Due()).Count().ShouldBe(1);
    }

    [Fact]
    public async Task ProtectionThatRunsOut_PassesToTheNextInTheQueue()
    {
        GrainKey[] deals = [.. "12".Select(n => Deal with { Id = $"{Name}-{n}" })];
        foreach (var deal in deals)
        {
            await Accept(deal, Registration);
            await Until<DealView>(deal, view => view.Protection != Protection.Pending, "the account's answer");
        }

        var protection = TimeSpan.FromDays(ShippedBlueprints.Acme.DealRegistration.ProtectionDays);
        Engine.Clock.Move(protection + TimeSpan.FromMinutes(5));

        await Until<DealView>(deals[1], view => view.Protection == Protection.Protected, "protection");
        await Until<DealView>(deals[0], view => view.Protection == Protection.None, "the end of protection");
    }

    /// <summary>Until one look that began after now is over, whichever silo it is of.</summary>
    private async Task Look()
    {
        var enough = Engine.DeadlineLooks + (3 * Engine.Silos.Count);
        await Awaited.Until(() => Task.FromResult(Engine.DeadlineLooks >= enough), "a look for due deadlines");
    }

    private async Task<int> Alarms() =>
        (await Events(Partner)).Count(e => e.Name == Wire.Of(typeof(PhaseOverdue)).Name);

    private async Task<IEnumerable<DateTimeOffset>> Due() =>
        (
            await Outsider.Journal.DueDeadlines(
                DateTimeOffset.MaxValue,
                int.MaxValue,
                TestContext.Current.CancellationToken
            )
        )
            .Where(deadline => deadline.Grain == Partner.ToString())
            .Select(deadline => deadline.Due);
}
