using System.Collections.Immutable;
using Garm.Log.Nodes;

namespace Garm.Actors.Clustering;

/// <summary>What a node does next about its membership.</summary>
internal abstract record JoinStep
{
    /// <summary>Nothing: all is well, or somebody else is at it.</summary>
    public sealed record Wait : JoinStep;

    /// <summary>Join through these nodes, whichever answers first.</summary>
    public sealed record JoinThrough(ImmutableArray<string> Addresses) : JoinStep;

    /// <summary>Nobody is a member yet: ask for the turn to form the cluster.</summary>
    public sealed record AskForTurn : JoinStep;

    /// <summary>Form the cluster.</summary>
    public sealed record Form : JoinStep;

    /// <summary>Leave this cluster for the other one: there are two, and this is the one to give up.</summary>
    public sealed record GiveUp : JoinStep;
}

/// <summary>What a node knows when it decides.</summary>
/// <param name="Self">Its own heartbeat.</param>
/// <param name="Seeds">The configured seed nodes; empty to find others in the table.</param>
/// <param name="Nodes">The nodes with a fresh heartbeat, read after <paramref name="HasTurn"/> was known.</param>
/// <param name="HasTurn">Whether it surely has the turn to form the cluster.</param>
/// <param name="Members">The addresses of its cluster's members, those that are out of reach included.</param>
internal sealed record JoinView(
    NodeBeat Self, ImmutableArray<string> Seeds, IReadOnlyList<LiveNode> Nodes, bool HasTurn, IReadOnlySet<string> Members);

/// <summary>
/// How a node finds its cluster. Configured seed nodes are joined as Akka does it. Otherwise the table decides: whoever is
/// a member can be joined; when nobody is, the one node that has the turn forms the cluster and the others wait for it.
/// </summary>
internal static class ClusterJoinDecision
{
    private static readonly JoinStep.Wait Waiting = new();

    public static JoinStep Decide(JoinView view)
    {
        var others = view.Nodes.Where(x => x.Id != view.Self.Id && x.Address != view.Self.Address && x.Joined).ToList();
        if (view.Self.Joined) return IsTheOneToGiveUp(view, others) ? new JoinStep.GiveUp() : Waiting;
        if (!view.Seeds.IsEmpty) return new JoinStep.JoinThrough(view.Seeds);
        if (others.Count > 0)
            return new JoinStep.JoinThrough([.. others.Select(x => x.Address).Order(StringComparer.Ordinal)]);
        return view.HasTurn ? new JoinStep.Form() : new JoinStep.AskForTurn();
    }

    // Two clusters cannot come of the turn alone, but of a node that was paused just when it formed one, or of seed nodes
    // that name too few. Both sides see the same rows, so both come to the same end: the larger one stays, and of two equal
    // ones the one with the lowest address.
    private static bool IsTheOneToGiveUp(JoinView view, List<LiveNode> others)
    {
        var theirs = others.Where(x => !view.Members.Contains(x.Address)).Select(x => x.Address).ToList();
        if (theirs.Count == 0) return false;
        var ours = others.Select(x => x.Address).Where(view.Members.Contains).Append(view.Self.Address).ToList();
        return ours.Count != theirs.Count
            ? ours.Count < theirs.Count
            : string.CompareOrdinal(ours.Min(StringComparer.Ordinal), theirs.Min(StringComparer.Ordinal)) > 0;
    }
}
