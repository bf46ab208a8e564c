using EcosystemSilo.Grains.Interfaces.ApiKeys;
using Microsoft.AspNetCore.Authorization;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>
/// What a route asks of a caller, by name. Every one of them, and the fallback for a route that names none, carries
/// <see cref="AccessRequirement"/>: signed in, in its own ecosystem, with a role that may.
/// </summary>
public static class Policies
{
    /// <summary>All roles. A caller of role partner sees its own data only, which the feature filters.</summary>
    public const string Read = "read";

    /// <summary>Reads what is not a partner's business: sources, dead letters, the whole board.</summary>
    public const string ReadAll = "read-all";

    /// <summary>Reads who people are and what they agreed to; a partner of its own people.</summary>
    public const string SeePeople = "see-people";

    /// <summary>Reads the outcomes of customer programs, which are about groups; a partner those of its own.</summary>
    public const string SeeOutcomes = "see-outcomes";

    /// <summary>Creates partners, customer programs, sources and people, and records consents.</summary>
    public const string Register = "register";

    /// <summary>Registers a deal; a partner its own.</summary>
    public const string RegisterDeal = "register-deal";

    /// <summary>Withdraws and resubmits deals; a partner its own.</summary>
    public const string WorkDeal = "work-deal";

    /// <summary>Invites people into customer programs; a partner into its own.</summary>
    public const string Invite = "invite";

    /// <summary>Enrols people in customer programs; a partner its own people in its own programs.</summary>
    public const string Enrol = "enrol";

    /// <summary>Changes what exists: checklists, phases, approvals, mappings, replays.</summary>
    public const string Manage = "manage";

    /// <summary>Issues and revokes keys.</summary>
    public const string Administer = "administer";

    /// <summary>Looks after the installation as a whole: an admin of all its ecosystems.</summary>
    public const string Operate = "operate";

    private static readonly Role[] Everybody = Enum.GetValues<Role>();

    /// <summary>Which roles satisfy which policy.</summary>
    public static IReadOnlyDictionary<string, Role[]> Roles { get; } =
        new Dictionary<string, Role[]>
        {
            [Read] = Everybody,
            [ReadAll] = [Role.Viewer, Role.Integration, Role.PartnerManager, Role.EcosystemAdmin],
            [SeePeople] = [Role.Partner, Role.Integration, Role.PartnerManager, Role.EcosystemAdmin],
            [SeeOutcomes] = [Role.Partner, Role.PartnerManager, Role.EcosystemAdmin],
            [Register] = [Role.Integration, Role.PartnerManager, Role.EcosystemAdmin],
            [RegisterDeal] = [Role.Partner, Role.Integration, Role.PartnerManager, Role.EcosystemAdmin],
            [WorkDeal] = [Role.Partner, Role.PartnerManager, Role.EcosystemAdmin],
            [Invite] = [Role.Partner, Role.PartnerManager, Role.EcosystemAdmin],
            [Enrol] = [Role.Partner, Role.Integration, Role.PartnerManager, Role.EcosystemAdmin],
            [Manage] = [Role.PartnerManager, Role.EcosystemAdmin],
            [Administer] = [Role.EcosystemAdmin],
            [Operate] = [Role.EcosystemAdmin],
        };

    public static void AddTo(AuthorizationOptions options)
    {
        foreach (var (name, roles) in Roles)
        {
            options.AddPolicy(name, Of(roles, isOfInstallation: name == Operate));
        }

        options.DefaultPolicy = Of(Everybody);
        options.FallbackPolicy = Of(Everybody);
    }

    private static AuthorizationPolicy Of(Role[] roles, bool isOfInstallation = false) =>
        new AuthorizationPolicyBuilder().AddRequirements(new AccessRequirement(roles, isOfInstallation)).Build();
}
