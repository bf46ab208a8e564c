using System.Text.Json.Serialization;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>
/// The required items of the current phase: how many are done, how many there are, and the next open one.
/// </summary>
public sealed record CardGate(int Done, int Total, string? Next = null);

/// <summary>What lists and boards show of a grain that goes through the four phases.</summary>
/// <param name="Version">The grain's version that the card shows.</param>
/// <param name="Since">When the current phase was entered.</param>
/// <param name="Overdue">The time box of the current phase has run out.</param>
[JsonDerivedType(typeof(PartnerCard))]
[JsonDerivedType(typeof(DealCard))]
[JsonDerivedType(typeof(CustomerProgramCard))]
public abstract record Card(
    string Id,
    long Version,
    string Name,
    Phase Phase,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    bool Overdue,
    CardGate Gate
)
{
    public abstract BoardKind Kind { get; }

    /// <summary>Whether the card stands on the live board; what is closed stays in the lists only.</summary>
    [JsonIgnore]
    public abstract bool IsOnBoard { get; }

    /// <summary>The partner whose data this is; callers of role partner see only their own.</summary>
    [JsonIgnore]
    public abstract PartnerId Owner { get; }
}

public sealed record PartnerCard(
    string Id,
    long Version,
    string Name,
    TierId Tier,
    CategoryId Category,
    string? Region,
    Phase Phase,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    bool Overdue,
    CardGate Gate
) : Card(Id, Version, Name, Phase, Since, DueAt, Overdue, Gate)
{
    public override BoardKind Kind => BoardKind.Partners;

    public override bool IsOnBoard => true;

    public override PartnerId Owner => new(Id);
}

/// <param name="Name">The customer's name.</param>
/// <param name="PartnerName">Null, like tier and category, while the partner is not known.</param>
/// <param name="Tier">The partner's tier.</param>
/// <param name="Category">The partner's category.</param>
public sealed record DealCard(
    string Id,
    long Version,
    string Name,
    PartnerId Partner,
    string? PartnerName,
    TierId? Tier,
    CategoryId? Category,
    ProductId Product,
    Money? Amount,
    DealStatus Status,
    Protection Protection,
    Phase Phase,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    bool Overdue,
    CardGate Gate
) : Card(Id, Version, Name, Phase, Since, DueAt, Overdue, Gate)
{
    public override BoardKind Kind => BoardKind.Deals;

    public override bool IsOnBoard => Status is DealStatus.Registered or DealStatus.Returned or DealStatus.Approved;

    public override PartnerId Owner => Partner;
}

/// <param name="Customer">The customer's name.</param>
/// <param name="PartnerName">Null, like tier and category, while the partner is not known.</param>
/// <param name="Tier">The partner's tier.</param>
/// <param name="Category">The partner's category.</param>
/// <param name="Ends">When it is over unless it is renewed.</param>
/// <param name="Enrolled">People who take part now.</param>
/// <param name="Capacity">How many may; null: any number.</param>
public sealed record CustomerProgramCard(
    string Id,
    long Version,
    string Name,
    PartnerId Partner,
    string? PartnerName,
    TierId? Tier,
    CategoryId? Category,
    string Customer,
    ProgramType Type,
    ProgramStatus Status,
    DateTimeOffset Ends,
    int Enrolled,
    int? Capacity,
    int Referrals,
    Phase Phase,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    bool Overdue,
    CardGate Gate
) : Card(Id, Version, Name, Phase, Since, DueAt, Overdue, Gate)
{
    public override BoardKind Kind => BoardKind.Programs;

    public override bool IsOnBoard => Status != ProgramStatus.Ended;

    public override PartnerId Owner => Partner;
}
