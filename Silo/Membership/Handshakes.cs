using System.Net;

namespace EcosystemSilo.Silo.Membership;

/// <summary>Connections that have not yet proved themselves, counted by where they come from.</summary>
internal sealed class Handshakes
{
    private readonly Dictionary<IPAddress, int> underWay = [];

    /// <summary>One of this process's own making, which are as many as there are silos.</summary>
    public static Handshake Outgoing() => new(() => { });

    /// <returns>Null when too many from there are under way.</returns>
    public Handshake? Begin(IPAddress from)
    {
        lock (underWay)
        {
            var count = underWay.GetValueOrDefault(from);
            if (count >= MembershipLimits.HandshakesMax)
            {
                return null;
            }
            underWay[from] = count + 1;
        }
        return new Handshake(() => End(from));
    }

    private void End(IPAddress from)
    {
        lock (underWay)
        {
            if (--underWay[from] == 0)
            {
                underWay.Remove(from);
            }
        }
    }
}

/// <summary>One of them, which ends once: with a proof, or with its connection.</summary>
internal sealed class Handshake(Action ended)
{
    private int isEnded;

    /// <summary>False when it has ended before.</summary>
    public bool End()
    {
        if (Interlocked.Exchange(ref isEnded, 1) == 1)
        {
            return false;
        }
        ended();
        return true;
    }
}
