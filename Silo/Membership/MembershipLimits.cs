namespace EcosystemSilo.Silo.Membership;

/// <summary>The bounds of a silo's place in its cluster, each with the reason for its size.</summary>
internal static class MembershipLimits
{
    /// <summary>
    /// How long a silo may take to answer a probe at first; Orleans then goes by the answers, from half as long up to
    /// <see cref="ProbeTimeoutMax"/>. A killed silo, whose connections break, is given up in about a second.
    /// </summary>
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a probe may take at most. Three times that is how long a silo counts as alive after the last message of
    /// any kind, which protects a busy one from being given up, and how long a stopped or unplugged one is waited for.
    /// </summary>
    public static readonly TimeSpan ProbeTimeoutMax = TimeSpan.FromSeconds(1);

    /// <summary>One miss may be a collection of garbage, three in a row are not.</summary>
    public const int MissedProbesMax = 3;

    /// <summary>
    /// How often a silo looks at the membership table. It is what a silo that missed the others' gossip finds out by,
    /// and it keeps <see cref="FreshFor"/>; the read is one short query.
    /// </summary>
    public static readonly TimeSpan TableReadEvery = TimeSpan.FromSeconds(2);

    /// <summary>How often a silo leaves a sign of life in the table: one row's update.</summary>
    public static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(2);

    /// <summary>
    /// After so many signs of life that did not come, a silo that nobody can reach may be given up by one that joins.
    /// All silos killed at once and restarted elsewhere wait that long, 8 s, for those that they replace; a database
    /// that pauses for less changes nothing.
    /// </summary>
    public const int MissedAlivesMax = 4;

    /// <summary>
    /// A silo that cannot join in this time ends, so that whoever supervises it sees it and starts another.
    /// </summary>
    public static readonly TimeSpan JoinMax = TimeSpan.FromMinutes(1);

    /// <summary>How long dead silos stay in the table for whoever asks what happened.</summary>
    public static readonly TimeSpan DeadKeptFor = TimeSpan.FromDays(1);

    /// <summary>How often silos that are dead for longer are looked for.</summary>
    public static readonly TimeSpan DeadRemovedEvery = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a look at the membership table counts. Longer than two looks, so that one that is late changes nothing;
    /// short, since meanwhile others may have given the silo up.
    /// </summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    /// <summary>How old a client's list of silos may be: that long a new silo gets no calls from it.</summary>
    public static readonly TimeSpan SiloListAge = TimeSpan.FromSeconds(5);

    /// <summary>A client without silos asks for them so often.</summary>
    public static readonly TimeSpan ConnectPause = TimeSpan.FromSeconds(1);

    /// <summary>A silo that does not answer a client's first question in this time may be another one's turn.</summary>
    public static readonly TimeSpan AskMax = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Connections of a process for membership alone: a read, a sign of life, a vote and one to spare. They are not the
    /// journal's, so that a busy journal does not look like a dead silo.
    /// </summary>
    public const int ConnectionsMax = 4;

    /// <summary>A server that accepts no connection in this time is asked again later.</summary>
    public const int ConnectSeconds = 3;

    /// <summary>A statement of membership that takes longer is given up and tried again.</summary>
    public const int StatementSeconds = 5;

    /// <summary>
    /// How long a stopping gateway answers while it says that it is not ready: balancers ask every second or two, and
    /// pass a server over after two or three refusals.
    /// </summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    /// <summary>Supervisors kill a process that takes much longer to stop.</summary>
    public static readonly TimeSpan DrainTimeMax = TimeSpan.FromMinutes(1);

    /// <summary>Of the random bytes that the authority's key is made of: 64 bits more than the key has.</summary>
    public const int AuthoritySeedBytes = 40;

    /// <summary>
    /// A certificate is good for so long before and after it was made: the clocks of a cluster's machines may be that
    /// far apart, less <see cref="CertificateAge"/>. It expires for tidiness; whoever could take its key out of a
    /// process could take the master key, too.
    /// </summary>
    public static readonly TimeSpan CertificateMargin = TimeSpan.FromDays(30);

    /// <summary>
    /// A process makes itself a new certificate so often, so that one that runs for years is taken for what it is.
    /// Connections that are there stay.
    /// </summary>
    public static readonly TimeSpan CertificateAge = TimeSpan.FromDays(1);

    /// <summary>
    /// How long the two ends of a new connection may take to prove themselves: some round trips and four signatures,
    /// with room for a busy core. Orleans waits 5 s for a connection.
    /// </summary>
    public static readonly TimeSpan HandshakeMax = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Connections from one address that have not yet proved themselves: a machine with this many processes may start
    /// all of them at once, and a stranger holds no more sockets than this.
    /// </summary>
    public const int HandshakesMax = 64;

    /// <summary>A new silo asks another one so often whether that one reaches it, until one says yes.</summary>
    public static readonly TimeSpan ReachPause = TimeSpan.FromSeconds(2);

    /// <summary>How long the other one tries.</summary>
    public static readonly TimeSpan ReachMax = TimeSpan.FromSeconds(3);

    /// <summary>
    /// After so many noes, 20 s at most, the address is taken to be wrong; one may be a packet that was lost.
    /// </summary>
    public const int ReachFailuresMax = 4;

    /// <summary>Strangers are told of so often; a scanner of ports would fill the log otherwise.</summary>
    public static readonly TimeSpan StrangersLineEvery = TimeSpan.FromMinutes(1);

    /// <summary>The length of a cluster's name, which is part of every row.</summary>
    public const int IdCharactersMax = 64;

    /// <summary>What is logged of why a silo ends; Orleans adds all members, which its own log has.</summary>
    public const int ReasonCharactersMax = 200;
}
