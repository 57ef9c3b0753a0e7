using System.Text.Json;
using System.Text.Json.Serialization;

namespace Garm.Contracts.Entities;

/// <summary>An event session: a connection to the event socket, or a stream of events. GARM has no such list.</summary>
public sealed record SessionView
{
    /// <summary>32 hexadecimal digits, the same as in the node's log. No other session has it.</summary>
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    /// <summary>The node that it is connected to: host and port of its cluster address; the machine's name without a cluster.</summary>
    [JsonPropertyName("node")] public string Node { get; init; } = "";

    /// <summary>The user's name.</summary>
    [JsonPropertyName("user")] public string User { get; init; } = "";

    /// <summary>The client's IP address; that of the proxy where the hub does not read forwarded headers.</summary>
    [JsonPropertyName("address")] public string Address { get; init; } = "";

    /// <summary><c>websocket</c>, <c>sse</c> or <c>ndjson</c>.</summary>
    [JsonPropertyName("transport")] public string Transport { get; init; } = "";

    /// <summary>When it was opened.</summary>
    [JsonPropertyName("since")] public DateTime Since { get; init; }

    /// <summary>
    /// The client's filter, as it sent it: a JSON object with <c>send-everything</c> or <c>filters</c>. Absent before the client has
    /// sent a filter, and when it is longer than 16 KiB.
    /// </summary>
    [JsonPropertyName("filter")] public JsonElement? Filter { get; init; }

    /// <summary>The filter's length in bytes; 0 before the client has sent one.</summary>
    [JsonPropertyName("filter_bytes")] public int FilterBytes { get; init; }

    /// <summary>
    /// <c>waiting-for-user</c>, <c>waiting-for-filter</c>, <c>waiting-for-cursor</c>, <c>snapshot</c>, <c>catching-up</c>, <c>live</c>,
    /// <c>fell-behind</c> or <c>not-responding</c>.
    /// </summary>
    [JsonPropertyName("state")] public string State { get; init; } = "";

    /// <summary>
    /// The changes that the client is behind: positions of the log that the hub has yet to go through for it, and frames in its queue. 0
    /// when it is live and its queue is empty. Absent when it is not known.
    /// </summary>
    [JsonPropertyName("behind")] public long? Behind { get; init; }

    /// <summary>Bytes that wait to be sent.</summary>
    [JsonPropertyName("queued_bytes")] public long QueuedBytes { get; init; }
}
