namespace Garm.Actors.Sessions;

/// <summary>
/// The steps in which a stopping node closes its sessions. Clients reconnect at once, and ten thousand at the same moment would
/// overload the other nodes. A small number of sessions is closed in one step, so that a small node stops without delay.
/// </summary>
/// <param name="AtOnce">Sessions closed in one step.</param>
internal readonly record struct DrainPlan(int AtOnce)
{
    /// <summary>The pause between two steps.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>The minimum of a step; smaller steps would delay the stop for no benefit.</summary>
    public const int LeastAtOnce = 20;

    /// <summary>The plan for this number of sessions and this duration.</summary>
    public static DrainPlan For(int sessions, TimeSpan spread)
    {
        // The first step needs no pause before it.
        var steps = (long)(spread / Step) + 1;
        return new DrainPlan((int)Math.Max(LeastAtOnce, (sessions + steps - 1) / steps));
    }
}
