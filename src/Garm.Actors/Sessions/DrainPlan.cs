namespace Garm.Actors.Sessions;

/// <summary>
/// The steps in which a stopping node closes its sessions. The clients reconnect at once, and ten thousand at the same moment would
/// overload the nodes that take them. A small number is closed in one step, so that a small node stops without delay.
/// </summary>
/// <param name="AtOnce">Sessions closed in one step.</param>
internal readonly record struct DrainPlan(int AtOnce)
{
    /// <summary>The pause between two steps.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Fewer in a step would spread what need not be spread.</summary>
    public const int LeastAtOnce = 20;

    /// <summary>For so many sessions, within the time.</summary>
    public static DrainPlan For(int sessions, TimeSpan spread)
    {
        // The first step needs no pause before it.
        var steps = (long)(spread / Step) + 1;
        return new DrainPlan((int)Math.Max(LeastAtOnce, (sessions + steps - 1) / steps));
    }
}
