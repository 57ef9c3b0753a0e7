using Garm.Contracts.Events;
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
    private Dictionary<(FrameForm, FilterMove), byte[]>? _otherFrames;
    private IReadOnlyDictionary<string, MatchValue>? _fields;
    private IReadOnlyDictionary<string, MatchValue>? _formerFields;

    /// <summary>The change.</summary>
    public Change Change => change;

    /// <summary>The epoch of its position.</summary>
    public LogEpoch Epoch => epoch;

    /// <summary>Its place.</summary>
    public LogPlace Place => new(epoch, change.Position, change.Chain);

    /// <summary>The place before it.</summary>
    public LogPlace PlaceBefore => new(epoch, new LogPosition(change.Position.Value - 1), change.ChainBefore);

    /// <summary>Whether a frame was built in either form.</summary>
    public bool HasFrame => _plainFrame is not null || _cursorFrame is not null || _otherFrames is not null;

    /// <summary>The complete websocket text frame in GARM's form.</summary>
    public ReadOnlyMemory<byte> PlainFrame => Volatile.Read(ref _plainFrame) ?? Make(ref _plainFrame, MakePlainFrame);

    /// <summary>The complete websocket text frame with cursor and commit time.</summary>
    public ReadOnlyMemory<byte> CursorFrame => Volatile.Read(ref _cursorFrame) ?? Make(ref _cursorFrame, MakeCursorFrame);

    /// <summary>The scalar top-level fields of the entity after the change, or before it for a deletion.</summary>
    public IReadOnlyDictionary<string, MatchValue> Fields => Volatile.Read(ref _fields) ?? Make(ref _fields, ReadFields);

    /// <summary>
    /// The scalar top-level fields of the entity before an update; null for other changes, and where they are not known because an older
    /// build wrote the update.
    /// </summary>
    internal IReadOnlyDictionary<string, MatchValue>? FormerFields =>
        change.Operation != ChangeOperation.Update || change.Before.IsEmpty
            ? null
            : Volatile.Read(ref _formerFields) ?? Make(ref _formerFields, ReadFormerFields);

    /// <summary>The frame in a format, for a filter relative to which the change moved the entity in this way.</summary>
    internal ReadOnlyMemory<byte> FrameOf(FrameForm form, FilterMove move) => (form, move) switch
    {
        (FrameForm.Plain, _) => PlainFrame,
        (FrameForm.Cursor, FilterMove.None) => CursorFrame,
        _ => OtherFrame(form, move),
    };

    private byte[] MakePlainFrame() => FrameWriter.Text(EventFrame.Encode(change.Kind, change.Payload.Span));

    private byte[] MakeCursorFrame() => MakeFrame(FrameForm.Cursor, FilterMove.None);

    private byte[] OtherFrame(FrameForm form, FilterMove move)
    {
        lock (_making)
        {
            _otherFrames ??= [];
            if (!_otherFrames.TryGetValue((form, move), out var frame)) _otherFrames[(form, move)] = frame = MakeFrame(form, move);
            return frame;
        }
    }

    private byte[] MakeFrame(FrameForm form, FilterMove move)
    {
        var cursor = EventCursor.Encode(Place);
        return form.OfEvent(EventFrame.Encode(change.Kind, change.Payload.Span, cursor, change.CommittedAt, change.Source, move), cursor);
    }

    private Dictionary<string, MatchValue> ReadFields() => EntityFields.Read(change.MatchedState, change.Source);

    private IReadOnlyDictionary<string, MatchValue> ReadFormerFields() => EntityFields.ReadFormer(Fields, change.Before);

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
