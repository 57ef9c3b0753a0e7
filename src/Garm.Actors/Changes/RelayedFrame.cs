using Garm.Actors.Sessions;
using Garm.Contracts.Events;
using Garm.Data.ChangeLog;

namespace Garm.Actors.Changes;

/// <summary>The websocket frame of a change.</summary>
internal static class RelayedFrame
{
    /// <summary>The whole text frame in plain GARM form.</summary>
    public static ReadOnlyMemory<byte> Build(Change change) =>
        WireFrame.Text(EventFrame.Encode(change.Kind, change.Payload.Span));
}
