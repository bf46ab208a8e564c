using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;

namespace EcosystemSilo.Grains.CustomerPrograms;

/// <summary>
/// Gives places. A program handles one command at a time, so of two people who ask for the last place, or with the
/// last use of a code, one gets it.
/// </summary>
internal static class EnrolmentDesk
{
    public static Decision Enrol(
        CustomerProgramView program,
        EnrolPerson command,
        ProgramTermsRule terms,
        DecisionContext context
    )
    {
        if (Closed(program, terms, context.Now) is { } closed)
        {
            return Decision.Refuse(closed);
        }

        // Before who is eligible, so that nobody learns of it without a code.
        if (Find(program.Invitations, command.CodeHash) is not { } invitation)
        {
            return Decision.Refuse(Refusals.InvitationUnknown, "No invitation has this code.", "code");
        }

        if (context.Now >= invitation.ExpiresAt)
        {
            return Decision.Refuse(Refusals.InvitationExpired, "The invitation has expired.", "code");
        }

        if (invitation.Uses >= invitation.UsesMax)
        {
            return Decision.Refuse(Refusals.InvitationUsedUp, "The invitation was used as often as it can be.", "code");
        }

        if (NotEligible(program.Eligibility, command, DateOnly.FromDateTime(context.Now.UtcDateTime)) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        return program.Enrolled >= program.Capacity
            ? Decision.Refuse(Refusals.ProgramFull, $"All {program.Enrolled} places are taken.")
            : Decision.Accept(
                new PersonEnrolled(command.Person, invitation.Id, program.PlacesGiven + 1, program.Goals, context.Now)
            );
    }

    private static Refusal? Closed(CustomerProgramView program, ProgramTermsRule terms, DateTimeOffset now) =>
        program.Lifecycle.Current.Phase < terms.EnrolmentOpensIn
            ? new Refusal(
                Refusals.EnrolmentClosed,
                $"Enrolment opens in the phase '{terms.EnrolmentOpensIn.ToString().ToLowerInvariant()}'."
            )
        : now >= program.Ends ? new Refusal(Refusals.EnrolmentClosed, "The program is over.")
        : null;

    /// <summary>Every hash is compared in full, so that the time it takes says nothing of them.</summary>
    private static Invitation? Find(IReadOnlyList<Invitation> invitations, string codeHash)
    {
        var asked = Encoding.UTF8.GetBytes(codeHash);
        Invitation? found = null;
        foreach (var invitation in invitations)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(invitation.Hash), asked))
            {
                found = invitation;
            }
        }

        return found;
    }

    private static Refusal? NotEligible(Eligibility rule, EnrolPerson command, DateOnly today)
    {
        if (rule.EmailDomain is { } domain && CustomerDomain.Normalise(command.EmailDomain ?? "") != domain)
        {
            return new Refusal(
                Refusals.NotEligible,
                $"The program is for people with an address at {domain}.",
                "email"
            );
        }

        return rule.AgeMin is { } age && (command.BornOn is not { } born || born > today || born.AddYears(age) > today)
            ? new Refusal(Refusals.NotEligible, $"The program is for people of {age} years and more.", "bornOn")
            : null;
    }
}
