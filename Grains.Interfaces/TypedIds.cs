using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces;

/// <summary>The tenant: one partner program with its partners, for example <c>acme</c>.</summary>
[JsonConverter(typeof(IdJson<EcosystemId>))]
public readonly record struct EcosystemId(string Value) : IId<EcosystemId>
{
    public static EcosystemId From(string value) => new(value);

    public static bool TryParse(string? text, out EcosystemId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>A partner of an ecosystem.</summary>
[JsonConverter(typeof(IdJson<PartnerId>))]
public readonly record struct PartnerId(string Value) : IId<PartnerId>
{
    public static PartnerId From(string value) => new(value);

    public static bool TryParse(string? text, out PartnerId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>A person whose data the ecosystem may hold; a name of your choice that does not say who it is.</summary>
[JsonConverter(typeof(IdJson<PersonId>))]
public readonly record struct PersonId(string Value) : IId<PersonId>
{
    public static PersonId From(string value) => new(value);

    public static bool TryParse(string? text, out PersonId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>A deal that a partner registered.</summary>
[JsonConverter(typeof(IdJson<DealId>))]
public readonly record struct DealId(string Value) : IId<DealId>
{
    public static DealId From(string value) => new(value);

    public static bool TryParse(string? text, out DealId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>An inbound webhook source.</summary>
[JsonConverter(typeof(IdJson<SourceId>))]
public readonly record struct SourceId(string Value) : IId<SourceId>
{
    public static SourceId From(string value) => new(value);

    public static bool TryParse(string? text, out SourceId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>An outbound webhook endpoint: an address of a customer's that is told what happens.</summary>
[JsonConverter(typeof(IdJson<EndpointId>))]
public readonly record struct EndpointId(string Value) : IId<EndpointId>
{
    public static EndpointId From(string value) => new(value);

    public static bool TryParse(string? text, out EndpointId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>A published event, the same for every endpoint: <c>evt-</c> and its position, or a test's own id.</summary>
[JsonConverter(typeof(IdJson<PublishedEventId>))]
public readonly record struct PublishedEventId(string Value) : IId<PublishedEventId>
{
    public static PublishedEventId From(string value) => new(value);

    public static bool TryParse(string? text, out PublishedEventId id) => Ids.TryParse(text, out id);

    public static PublishedEventId At(long position) => new($"evt-{position}");

    public override string ToString() => Value;
}

/// <summary>One webhook delivery that is kept: a batch, a dead letter or an event of unknown type.</summary>
[JsonConverter(typeof(IdJson<DeliveryId>))]
public readonly record struct DeliveryId(string Value) : IId<DeliveryId>
{
    public static DeliveryId From(string value) => new(value);

    public static bool TryParse(string? text, out DeliveryId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>An API key; the secret part is never stored.</summary>
[JsonConverter(typeof(IdJson<ApiKeyId>))]
public readonly record struct ApiKeyId(string Value) : IId<ApiKeyId>
{
    public static ApiKeyId From(string value) => new(value);

    public static bool TryParse(string? text, out ApiKeyId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>A partner category (or archetype) of the blueprint, for example <c>hospital</c>.</summary>
[JsonConverter(typeof(IdJson<CategoryId>))]
public readonly record struct CategoryId(string Value) : IId<CategoryId>
{
    public static CategoryId From(string value) => new(value);

    public static bool TryParse(string? text, out CategoryId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>A tier of the blueprint, for example <c>diamond</c>.</summary>
[JsonConverter(typeof(IdJson<TierId>))]
public readonly record struct TierId(string Value) : IId<TierId>
{
    public static TierId From(string value) => new(value);

    public static bool TryParse(string? text, out TierId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>A product or edition of the blueprint's price list.</summary>
[JsonConverter(typeof(IdJson<ProductId>))]
public readonly record struct ProductId(string Value) : IId<ProductId>
{
    public static ProductId From(string value) => new(value);

    public static bool TryParse(string? text, out ProductId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>A checklist item of a phase, for example <c>kickoff-meeting</c>.</summary>
[JsonConverter(typeof(IdJson<ItemId>))]
public readonly record struct ItemId(string Value) : IId<ItemId>
{
    public static ItemId From(string value) => new(value);

    public static bool TryParse(string? text, out ItemId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>A program of a partner for a customer.</summary>
[JsonConverter(typeof(IdJson<CustomerProgramId>))]
public readonly record struct CustomerProgramId(string Value) : IId<CustomerProgramId>
{
    public static CustomerProgramId From(string value) => new(value);

    public static bool TryParse(string? text, out CustomerProgramId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>An invitation to a customer program; its code is never stored.</summary>
[JsonConverter(typeof(IdJson<InvitationId>))]
public readonly record struct InvitationId(string Value) : IId<InvitationId>
{
    public static InvitationId From(string value) => new(value);

    public static bool TryParse(string? text, out InvitationId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}

/// <summary>A template of the blueprint for a strategic integration, for example <c>apple-health</c>.</summary>
[JsonConverter(typeof(IdJson<TemplateId>))]
public readonly record struct TemplateId(string Value) : IId<TemplateId>
{
    public static TemplateId From(string value) => new(value);

    public static bool TryParse(string? text, out TemplateId id) => Ids.TryParse(text, out id);

    public override string ToString() => Value;
}
