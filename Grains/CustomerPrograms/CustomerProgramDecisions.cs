using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Lifecycle;

namespace EcosystemSilo.Grains.CustomerPrograms;

/// <summary>What may be done to a customer program. Taking a place is in <see cref="EnrolmentDesk"/>.</summary>
internal static class CustomerProgramDecisions
{
    public static Decision Decide(CustomerProgramView? program, ICommand command, DecisionContext context) =>
        (program, command) switch
        {
            (null, CreateProgram create) => Create(create, context),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            (_, CreateProgram) => Decision.Refuse(Refusals.Exists(context.Key)),
            ({ Enrolled: 0 }, ReturnPlace) => Decision.Nothing,
            (_, ReturnPlace c) => Decision.Accept(new PlaceReturned(c.Person, c.Invitation)),
            ({ Status: ProgramStatus.Ended }, DeadlineReached) => Decision.Nothing,
            ({ Status: ProgramStatus.Ended }, EndProgram) => Decision.Nothing,
            ({ Status: ProgramStatus.Ended }, _) => Decision.Refuse(
                Refusals.StatusForbids,
                "The program has ended; nothing more can be done to it."
            ),
            (_, DeadlineReached { Name: CustomerProgram.RenewalDeadline } reached) => AskForRenewal(program, reached),
            (_, DeadlineReached { Name: CustomerProgram.EndDeadline } reached) => reached.Due == program.Ends
                ? End(context, reason: null)
                : Decision.Nothing,
            (_, EndProgram c) => End(context, c.Reason),
            (_, RevokeInvitation c) => Revoke(program, c),
            (_, ReceiveReferral c) => Decision.Accept(new ProgramReferralReceived(c.Reference, context.Now)),
            (_, CreateInvitation c) => Invite(program, c, context),
            _ => UnderRules(program, command, context),
        };

    /// <summary>What the blueprint has a say in.</summary>
    private static Decision UnderRules(CustomerProgramView program, ICommand command, DecisionContext context) =>
        (command, context.Blueprint) switch
        {
            (_, null) => Decision.Refuse(Refusals.NoBlueprint(context.Key)),
            (_, { Document.ProgramPhases: null } or { Document.ProgramTerms: null }) => Decision.Refuse(
                NoRules(context.Key)
            ),
            (EnrolPerson c, { Document.ProgramTerms: { } terms }) => EnrolmentDesk.Enrol(program, c, terms, context),
            (RenewProgram c, { Document.ProgramTerms: { } terms }) => Renew(program, c, terms, context),
            (_, { } blueprint) => LifecycleRules.Decide(
                program.Lifecycle,
                command,
                context,
                phase => Enter(phase, program.Template, blueprint, context.Now)
            ),
        };

    private static Decision Create(CreateProgram command, DecisionContext context)
    {
        if (context.Blueprint is not { } blueprint)
        {
            return Decision.Refuse(Refusals.NoBlueprint(context.Key));
        }

        if (blueprint.Document is not { ProgramPhases: not null, ProgramTerms: { } terms })
        {
            return Decision.Refuse(NoRules(context.Key));
        }

        if (Fault(command, blueprint.Document, context) is { } fault)
        {
            return Decision.Refuse(fault);
        }

        var entered = Enter(Phase.Discovery, command.Template, blueprint, context.Now);
        var created = new ProgramCreated(
            command.Name,
            command.Partner,
            command.Customer,
            CustomerDomain.Normalise(command.Customer.Domain)!,
            command.Type,
            command.Eligibility ?? new Eligibility(),
            command.Goals ?? ProgramGoals.None,
            command.Starts,
            command.Ends,
            RenewalDue(command.Starts, command.Ends, terms),
            command.Capacity,
            command.Template,
            blueprint.Version
        );
        return WithEnd(Decision.Accept(created, entered).WithTimeBox(entered), created.RenewalDueAt, created.Ends);
    }

    private static Refusal? Fault(CreateProgram command, BlueprintDocument blueprint, DecisionContext context) =>
        command.Template is { } template && blueprint.Template(template) is null
            ? new Refusal(
                Refusals.TemplateUnknown,
                $"'{template}' is no template of {context.Key.Ecosystem}.",
                "template"
            )
        : CustomerDomain.Normalise(command.Customer.Domain) is null
            ? new Refusal(Refusals.Invalid, $"The customer's domain {CustomerDomain.Rule}", "customer.domain")
        : command.Ends <= command.Starts ? new Refusal(Refusals.Invalid, "A program ends after it starts.", "ends")
        : EndFault(command.Ends, context.Now);

    private static Refusal? EndFault(DateTimeOffset ends, DateTimeOffset now) =>
        ends <= now ? new Refusal(Refusals.Invalid, "The end must lie ahead.", "ends")
        : ends - now > ProgramLimits.AheadMax
            ? new Refusal(
                Refusals.Invalid,
                $"The end may be {ProgramLimits.AheadMax.TotalDays:0} days ahead; renew the program later.",
                "ends"
            )
        : null;

    private static Decision Invite(CustomerProgramView program, CreateInvitation command, DecisionContext context)
    {
        if (command.ExpiresAt <= context.Now)
        {
            return Decision.Refuse(Refusals.Invalid, "An invitation expires later than now.", "expiresAt");
        }

        if (program.Invitations.Any(invitation => invitation.Id == command.Invitation))
        {
            return Decision.Refuse(
                Refusals.AlreadyExists,
                $"The invitation '{command.Invitation}' exists already.",
                "id"
            );
        }

        return
            program.Invitations.Count(invitation => invitation.IsOpenAt(context.Now))
            >= ProgramLimits.InvitationsOpenMax
            ? Decision.Refuse(
                Refusals.InvitationsFull,
                $"{ProgramLimits.InvitationsOpenMax} invitations are open; revoke one, or use one with more uses."
            )
            : Decision.Accept(
                new InvitationCreated(
                    command.Invitation,
                    command.Hash,
                    command.Hint,
                    command.UsesMax,
                    command.ExpiresAt,
                    context.Now
                )
            );
    }

    private static Decision Revoke(CustomerProgramView program, RevokeInvitation command) =>
        program.Invitations.Any(invitation => invitation.Id == command.Invitation)
            ? Decision.Accept(new InvitationRevoked(command.Invitation))
            : Decision.Nothing;

    private static Decision AskForRenewal(CustomerProgramView program, DeadlineReached reached) =>
        program.Status == ProgramStatus.Active && reached.Due == program.RenewalDueAt
            ? Decision.Accept(new ProgramRenewalDue(program.Ends))
            : Decision.Nothing;

    private static Decision Renew(
        CustomerProgramView program,
        RenewProgram command,
        ProgramTermsRule terms,
        DecisionContext context
    )
    {
        if (command.Ends <= program.Ends)
        {
            return Decision.Refuse(Refusals.Invalid, "A renewal moves the end to a later time.", "ends");
        }

        if (EndFault(command.Ends, context.Now) is { } fault)
        {
            return Decision.Refuse(fault);
        }

        var renewed = new ProgramRenewed(command.Ends, RenewalDue(program.Ends, command.Ends, terms));
        return WithEnd(Decision.Accept(renewed), renewed.RenewalDueAt, renewed.Ends);
    }

    private static Decision End(DecisionContext context, string? reason) =>
        Decision
            .Accept(new ProgramEnded(context.Now, reason))
            .WithoutDeadline(LifecycleRules.TimeBoxDeadline)
            .WithoutDeadline(CustomerProgram.RenewalDeadline)
            .WithoutDeadline(CustomerProgram.EndDeadline);

    private static Decision WithEnd(Decision decision, DateTimeOffset renewalDue, DateTimeOffset ends) =>
        decision
            .WithDeadline(CustomerProgram.RenewalDeadline, renewalDue)
            .WithDeadline(CustomerProgram.EndDeadline, ends);

    /// <summary>Some time before the end, but in a short program not before what went before is over.</summary>
    private static DateTimeOffset RenewalDue(DateTimeOffset from, DateTimeOffset ends, ProgramTermsRule terms)
    {
        var due = ends.AddDays(-terms.RenewalNoticeDays);
        return due > from ? due : from;
    }

    private static PhaseEntered Enter(
        Phase phase,
        TemplateId? template,
        PublishedBlueprint blueprint,
        DateTimeOffset now
    )
    {
        var entered = LifecycleRules.Enter(phase, blueprint.Document.ProgramPhase(phase)!, blueprint, now);
        return template is { } id && blueprint.Document.Template(id) is { } rule
            ? entered with
            {
                Items = [.. entered.Items, .. rule.Items(phase)],
            }
            : entered;
    }

    private static Refusal NoRules(GrainKey key) =>
        new(
            Refusals.ProgramRulesMissing,
            $"The blueprint of {key.Ecosystem} has no programPhases and programTerms, so it runs no customer programs."
        );
}
