using System.Security.Claims;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>Who asks: what any of the three kinds of credentials come down to.</summary>
/// <param name="Subject">Stable and unique, for the journal and for the scope of command ids:
/// <c>key:k-12ab</c>.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Role">What the caller may do.</param>
/// <param name="Partner">The one partner whose data a caller of role partner may see; null for other roles.</param>
/// <param name="Ecosystems">Where the caller may do it; null: in all ecosystems.</param>
public sealed record Caller(
    string Subject,
    string Name,
    Role Role,
    PartnerId? Partner,
    IReadOnlyList<EcosystemId>? Ecosystems
)
{
    /// <summary>Stands for all ecosystems in a claim.</summary>
    public const string EveryEcosystem = "*";

    private const string SubjectClaim = "sub";
    private const string NameClaim = "name";
    private const string RoleClaim = "role";
    private const string PartnerClaim = "partner";
    private const string EcosystemClaim = "ecosystem";

    /// <summary>Whether these are credentials of the installation as a whole.</summary>
    public bool IsOfInstallation => Ecosystems is null;

    public bool MayEnter(EcosystemId ecosystem) => Ecosystems is null || Ecosystems.Contains(ecosystem);

    /// <summary>Whether data of this partner may be shown to the caller and changed on its behalf.</summary>
    public bool MaySee(PartnerId partner) => Role != Role.Partner || Partner == partner;

    /// <summary>The caller as an authenticated principal; <see cref="From"/> reads it back.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var claims = new List<Claim>
        {
            new(SubjectClaim, Subject),
            new(NameClaim, Name),
            new(RoleClaim, Words<Role>.Of(Role)),
        };
        if (Partner is { } partner)
        {
            claims.Add(new Claim(PartnerClaim, partner.Value));
        }

        var ecosystems = Ecosystems?.Select(ecosystem => ecosystem.Value) ?? [EveryEcosystem];
        claims.AddRange(ecosystems.Select(ecosystem => new Claim(EcosystemClaim, ecosystem)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, NameClaim, RoleClaim));
    }

    /// <summary>The caller behind a request or a hub connection; null when nobody is signed in.</summary>
    public static Caller? From(ClaimsPrincipal? principal)
    {
        if (
            principal?.Identity is not ClaimsIdentity { IsAuthenticated: true } identity
            || identity.FindFirst(SubjectClaim)?.Value is not { } subject
            || !Words<Role>.TryParse(identity.FindFirst(RoleClaim)?.Value, out var role)
        )
        {
            return null;
        }

        var ecosystems = identity.FindAll(EcosystemClaim).Select(claim => claim.Value).ToList();
        return new Caller(
            subject,
            identity.FindFirst(NameClaim)?.Value ?? subject,
            role,
            identity.FindFirst(PartnerClaim) is { } partner ? new PartnerId(partner.Value) : null,
            ecosystems.Contains(EveryEcosystem) ? null : ecosystems.ConvertAll(EcosystemId.From)
        );
    }
}
