using EcosystemSilo.Grains.Interfaces.Operations;

namespace EcosystemSilo.Silo.Operations;

/// <summary>Silos as the membership table has them.</summary>
internal static class SiloRows
{
    public static SiloReport Of(MembershipEntry row) =>
        new(
            row.SiloName,
            row.SiloAddress.ToParsableString(),
            StateOf(row.Status),
            Utc(row.StartTime),
            Utc(LastSign(row)),
            Report: null
        );

    public static SiloReport Of(ClusterMember member) =>
        new(member.Name, member.SiloAddress.ToParsableString(), StateOf(member.Status), null, null, Report: null);

    /// <summary>A silo that was given up has left its last sign before; the votes against it tell when.</summary>
    private static DateTime LastSign(MembershipEntry row) =>
        (row.SuspectTimes ?? []).Select(vote => vote.Item2).Append(row.IAmAliveTime).Max();

    private static MemberState StateOf(SiloStatus status) =>
        status switch
        {
            SiloStatus.Created or SiloStatus.Joining => MemberState.Joining,
            SiloStatus.Active => MemberState.Active,
            SiloStatus.ShuttingDown or SiloStatus.Stopping => MemberState.Stopping,
            _ => MemberState.Dead,
        };

    private static DateTimeOffset? Utc(DateTime time) =>
        time.Year < 2000 ? null : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
