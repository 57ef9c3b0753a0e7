using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;
using Garm.Actors.Sessions;

namespace Garm.Host.Events;

/// <summary>
/// Reads a client's frames (RFC 6455) from the bytes that have come so far, as GARM does: text and binary alike, text is
/// not checked for UTF-8 (the filter's JSON parser decides), control frames may come between fragments. It knows no
/// socket. After a close frame or an error it gives out nothing more.
/// </summary>
public sealed class FrameReader(int maxMessageBytes)
{
    private ArrayBufferWriter<byte>? _fragments;
    private bool _ended;

    /// <summary>
    /// Takes the next complete thing from the front of <paramref name="input"/>, which shrinks by what was used up, by
    /// fragments too that complete nothing yet. False when more bytes are needed.
    /// </summary>
    public bool TryRead(ref ReadOnlySequence<byte> input, out ClientFrame frame)
    {
        frame = default;
        while (!_ended)
        {
            var result = FrameHeader.TryRead(input, out var header);
            var error = result == FrameHeaderResult.Invalid ? SessionCloseReason.ProtocolError : Check(header);
            if (error is { } reason)
            {
                _ended = true;
                frame = ClientFrame.Error(
                    reason, reason == SessionCloseReason.ProtocolError ? FrameRules.Broken(input, _fragments is not null) : "");
                return true;
            }

            if (result == FrameHeaderResult.Incomplete || input.Length < header.Size + header.PayloadLength) return false;

            var payload = input.Slice(header.Size, header.PayloadLength);
            input = input.Slice(payload.End);
            if (!TryTake(header, payload, out frame)) continue;
            _ended = frame.Kind is ClientFrameKind.Close or ClientFrameKind.Error;
            return true;
        }

        input = input.Slice(input.End);
        return false;
    }

    /// <summary>
    /// Decides from the announced length, so that what is too big is never buffered. An incomplete header whose length is
    /// not known yet has none, and passes. A message that is over the limit breaks no rule of the protocol.
    /// </summary>
    private SessionCloseReason? Check(in FrameHeader header)
    {
        if (header.Size == 0 || header.IsControl) return null;
        if ((header.Opcode == FrameOpcode.Continuation) != (_fragments is not null)) return SessionCloseReason.ProtocolError;
        var before = _fragments?.WrittenCount ?? 0;
        return header.PayloadLength > maxMessageBytes - before ? SessionCloseReason.MessageTooBig : null;
    }

    private bool TryTake(in FrameHeader header, in ReadOnlySequence<byte> payload, out ClientFrame frame)
    {
        frame = header.Opcode switch
        {
            FrameOpcode.Ping => new ClientFrame(ClientFrameKind.Ping, Unmask(header, payload)),
            FrameOpcode.Pong => new ClientFrame(ClientFrameKind.Pong, Unmask(header, payload)),
            FrameOpcode.Close => Close(Unmask(header, payload)),
            _ => Message(header, payload),
        };
        return frame.Kind != ClientFrameKind.None;
    }

    private ClientFrame Message(in FrameHeader header, in ReadOnlySequence<byte> payload)
    {
        if (header.IsFinal && _fragments is null) return new ClientFrame(ClientFrameKind.Message, Unmask(header, payload));

        _fragments ??= new ArrayBufferWriter<byte>();
        var length = (int)header.PayloadLength;
        var target = _fragments.GetSpan(length)[..length];
        payload.CopyTo(target);
        FrameMask.Apply(target, header.Mask);
        _fragments.Advance(length);
        if (!header.IsFinal) return default;

        var message = _fragments.WrittenMemory;
        _fragments = null; // Not reused: its memory is the message's now.
        return new ClientFrame(ClientFrameKind.Message, message);
    }

    private static byte[] Unmask(in FrameHeader header, in ReadOnlySequence<byte> payload)
    {
        var bytes = payload.ToArray();
        FrameMask.Apply(bytes, header.Mask);
        return bytes;
    }

    private static ClientFrame Close(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return new ClientFrame(ClientFrameKind.Close);
        if (payload.Length == 1) return ClientFrame.Error(SessionCloseReason.ProtocolError);
        var code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!IsCloseCode(code)) return ClientFrame.Error(SessionCloseReason.ProtocolError, FrameRules.BadCloseCode(code));
        return Utf8.IsValid(payload[2..])
            ? new ClientFrame(ClientFrameKind.Close, CloseCode: code)
            : ClientFrame.Error(SessionCloseReason.ProtocolError, FrameRules.BadCloseText);
    }

    /// <summary>
    /// What may stand in a close frame: RFC 6455, section 7.4, and the registered codes that GARM's library takes.
    /// </summary>
    private static bool IsCloseCode(ushort code) =>
        code is (>= 1000 and <= 1003) or (>= 1007 and <= 1013) or (>= 3000 and <= 4999);
}
