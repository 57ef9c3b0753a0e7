using System.Collections.Immutable;
using Garm.Log.Nodes;

namespace Garm.Actors.Clustering;

/// <summary>The next step of a node towards its membership.</summary>
internal abstract record JoinStep
{
    /// <summary>Do nothing: the node is a member, or another node forms the cluster.</summary>
    public sealed record Wait : JoinStep;

    /// <summary>Join through the first of these nodes that answers.</summary>
    public sealed record JoinThrough(ImmutableArray<string> Addresses) : JoinStep;

    /// <summary>No node is a member yet: request the turn to form the cluster.</summary>
    public sealed record AskForTurn : JoinStep;

    /// <summary>Form the cluster.</summary>
    public sealed record Form : JoinStep;

    /// <summary>There are two clusters: leave this one for the other.</summary>
    public sealed record GiveUp : JoinStep;
}

/// <summary>The facts for the decision.</summary>
/// <param name="Self">The node's own heartbeat.</param>
/// <param name="Seeds">The configured seed nodes; empty to find others in the table.</param>
/// <param name="Nodes">The nodes with a fresh heartbeat, read after <paramref name="HasTurn"/> was known.</param>
/// <param name="HasTurn">Whether the node certainly has the turn to form the cluster.</param>
/// <param name="Members">The addresses of its cluster's members, including unreachable ones.</param>
internal sealed record JoinView(
    NodeBeat Self, ImmutableArray<string> Seeds, IReadOnlyList<LiveNode> Nodes, bool HasTurn, IReadOnlySet<string> Members);

/// <summary>
/// Decides how a node finds its cluster. It joins configured seed nodes as Akka does. Otherwise it joins through the members in the
/// table of nodes; when there are none, the node that has the turn forms the cluster, and the others wait.
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

    // Two clusters arise when a node is paused while it forms one, or from incomplete seed nodes. Both sides see the same rows and so
    // decide the same: the larger cluster stays, and of two equal ones that with the lowest address.
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
