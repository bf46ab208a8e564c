using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>What an event of a wearable's sender says about one of its users.</summary>
/// <param name="User">The sender's own id of the user; empty where the whole source is one person's.</param>
public abstract record News(string User)
{
    /// <summary>
    /// Whether it is of the person whose whole source it is when nobody is connected under <see cref="User"/>.
    /// </summary>
    public bool IsOfSource { get; init; }
}

/// <summary>Values, and what is wrong with those that are none.</summary>
public sealed record ReadingsNews(
    string User,
    IReadOnlyList<Reading> Readings,
    IReadOnlyList<DeletedReading> Deleted,
    IReadOnlyList<SetAside> SetAside
) : News(User);

/// <summary>There is something new, to be fetched from the sender.</summary>
/// <param name="Resource">The sender's word for what is new, for example <c>daily_sleep</c>.</param>
/// <param name="Id">The record's id, where the sender names one; without it the time tells what to fetch.</param>
/// <param name="Version">As <see cref="Reading.Version"/>, for what is fetched.</param>
public sealed record FetchNews(
    string User,
    string Resource,
    string? Id,
    DateTimeOffset? From,
    DateTimeOffset? To,
    long Version
) : News(User);

/// <summary>The user took the permission back at the sender, or it ran out: nothing more will come.</summary>
/// <param name="Reason">The sender's word for it.</param>
public sealed record DisconnectedNews(string User, string Reason) : News(User);

/// <summary>Reads what a wearable's sender says in its own shapes. Pure: no I/O, no clock.</summary>
public interface IPayloadReader
{
    /// <summary>
    /// The news of an event, always in the same order, one or more a user. Null when it says nothing of wearables that
    /// is kept: the delivery then counts as ignored, like one of an unknown type.
    /// </summary>
    IReadOnlyList<News>? Read(InboundEvent inbound);
}
