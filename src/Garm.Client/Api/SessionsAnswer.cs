using System.Text.Json;

namespace Garm.Client.Api;

/// <summary>The event sessions of a hub.</summary>
/// <param name="Sessions">
/// A JSON list of objects with <c>id</c>, <c>node</c>, <c>user</c>, <c>address</c>, <c>transport</c>, <c>since</c>, <c>filter</c>,
/// <c>state</c>, <c>behind</c> and <c>queued_bytes</c>.
/// </param>
/// <param name="UnansweredNodes">The nodes that did not answer the hub in time: sessions of theirs are missing.</param>
public sealed record SessionsAnswer(JsonElement Sessions, IReadOnlyList<string> UnansweredNodes)
{
    internal const string UnansweredNodesHeader = "Garm-Unanswered-Nodes";
}
