using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Lifecycle;

namespace EcosystemSilo.Grains.Partners;

/// <summary>A partner: registered once, then taken through the four phases by its checklist.</summary>
public static class Partner
{
    public static GrainKind<PartnerView> Kind { get; } = new(PartnerKey.Kind, stateShape: 1, Decide, Apply);

    public static Decision Decide(PartnerView? partner, ICommand command, DecisionContext context) =>
        (partner, command) switch
        {
            (null, RegisterPartner register) => Register(register, context),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            (_, RegisterPartner) => Decision.Refuse(Refusals.Exists(context.Key)),
            _ when context.Blueprint is null => Decision.Refuse(Refusals.NoBlueprint(context.Key)),
            _ => LifecycleRules.Decide(
                partner.Lifecycle,
                command,
                context,
                phase => Enter(phase, partner.Category, context.Blueprint, context.Now)
            ),
        };

    public static PartnerView Apply(PartnerView? partner, IEvent happened) =>
        (partner, happened) switch
        {
            (null, PartnerRegistered e) => new PartnerView(e.Name, e.Category, e.Region, e.Tier, new([], [])),
            ({ }, PhaseEntered or ItemCompleted or PhaseOverdue) => partner with
            {
                Lifecycle = LifecycleRules.Apply(partner.Lifecycle, happened),
            },
            _ => throw Unhandled.Event(PartnerKey.Kind, happened),
        };

    private static Decision Register(RegisterPartner command, DecisionContext context)
    {
        if (context.Blueprint is not { } blueprint)
        {
            return Decision.Refuse(Refusals.NoBlueprint(context.Key));
        }

        if (!blueprint.Document.HasCategory(command.Category))
        {
            return Decision.Refuse(
                Refusals.CategoryUnknown,
                $"'{command.Category}' is not a category of {context.Key.Ecosystem}; GET /api/{context.Key.Ecosystem}/blueprint lists them.",
                "category"
            );
        }

        var entered = Enter(Phase.Discovery, command.Category, blueprint, context.Now);
        return Decision
            .Accept(
                new PartnerRegistered(
                    command.Name,
                    command.Category,
                    command.Region,
                    blueprint.Document.EntryTierId(),
                    blueprint.Version
                ),
                entered
            )
            .WithTimeBox(entered);
    }

    private static PhaseEntered Enter(
        Phase phase,
        CategoryId category,
        PublishedBlueprint blueprint,
        DateTimeOffset now
    ) => LifecycleRules.Enter(phase, blueprint.Document.PartnerPhase(phase), blueprint, now, category);
}
