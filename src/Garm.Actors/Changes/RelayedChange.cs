using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Contracts.Json;
using Garm.Log;
using Garm.WebSockets;

namespace Garm.Actors.Changes;

/// <summary>
/// A change with what its sessions share: its websocket frame in each form and the fields that filters compare with. Each is
/// built once, when the first session needs it. Thread-safe.
/// </summary>
/// <param name="change">The change.</param>
/// <param name="epoch">The epoch of its position.</param>
public sealed class RelayedChange(Change change, LogEpoch epoch)
{
    private readonly Lock _making = new();
    private byte[]? _plainFrame;
    private byte[]? _cursorFrame;
    private IReadOnlyDictionary<string, MatchValue>? _fields;

    /// <summary>The change.</summary>
    public Change Change => change;

    /// <summary>The epoch of its position.</summary>
    public LogEpoch Epoch => epoch;

    /// <summary>Its place.</summary>
    public LogPlace Place => new(epoch, change.Position, change.Chain);

    /// <summary>The place before it.</summary>
    public LogPlace PlaceBefore => new(epoch, new LogPosition(change.Position.Value - 1), change.ChainBefore);

    /// <summary>Whether a frame was built in either form.</summary>
    public bool HasFrame => _plainFrame is not null || _cursorFrame is not null;

    /// <summary>The complete websocket text frame in GARM's form.</summary>
    public ReadOnlyMemory<byte> PlainFrame => Volatile.Read(ref _plainFrame) ?? Make(ref _plainFrame, MakePlainFrame);

    /// <summary>The complete websocket text frame with cursor and commit time.</summary>
    public ReadOnlyMemory<byte> CursorFrame => Volatile.Read(ref _cursorFrame) ?? Make(ref _cursorFrame, MakeCursorFrame);

    /// <summary>The scalar top-level fields of the entity after the change, or before it for a deletion.</summary>
    public IReadOnlyDictionary<string, MatchValue> Fields => Volatile.Read(ref _fields) ?? Make(ref _fields, ReadFields);

    private byte[] MakePlainFrame() => FrameWriter.Text(EventFrame.Encode(change.Kind, change.Payload.Span));

    private byte[] MakeCursorFrame() => FrameWriter.Text(
        EventFrame.Encode(change.Kind, change.Payload.Span, EventCursor.Encode(Place), change.CommittedAt));

    private Dictionary<string, MatchValue> ReadFields()
    {
        Dictionary<string, MatchValue> fields = new(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(change.MatchedState, JsonText.AnyDepth);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return fields;
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (MatchValue.TryRead(property.Value, out var value)) fields[property.Name] = value;
        }

        return fields;
    }

    private T Make<T>(ref T? made, Func<T> make)
        where T : class
    {
        lock (_making)
        {
            if (made is null) Volatile.Write(ref made, make());
            return made!;
        }
    }
}
