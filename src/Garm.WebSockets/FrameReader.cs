using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace Garm.WebSockets;

/// <summary>
/// Reads a client's frames (RFC 6455) from the bytes received so far, with GARM's leniency: text and binary messages are
/// the same, and text is not checked for UTF-8, because the filter's JSON parser does that. It does no I/O. After a close
/// frame or an error it returns nothing more.
/// </summary>
/// <param name="maxMessageBytes">Most bytes of a message over all its fragments.</param>
public sealed class FrameReader(int maxMessageBytes)
{
    private ArrayBufferWriter<byte>? _fragments;
    private bool _ended;

    /// <summary>
    /// Reads the next message or control frame from the front of <paramref name="input"/>, and advances
    /// <paramref name="input"/> past it and past fragments of an incomplete message. False when more bytes are needed.
    /// </summary>
    public bool TryRead(ref ReadOnlySequence<byte> input, out ClientFrame frame)
    {
        frame = default;
        while (!_ended)
        {
            var result = FrameHeader.TryRead(input, out var header);
            if ((result == FrameHeaderResult.Invalid ? FrameError.Protocol : Check(header)) is { } error)
            {
                _ended = true;
                frame = ClientFrame.Broken(error, error == FrameError.Protocol ? FrameRules.Broken(input, _fragments is not null) : "");
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
    /// Decides from the announced length, so that a message over the limit is never buffered. A header whose length is not
    /// known yet passes.
    /// </summary>
    private FrameError? Check(in FrameHeader header)
    {
        if (header.Size == 0 || header.IsControl) return null;
        if ((header.Opcode == FrameOpcode.Continuation) != (_fragments is not null)) return FrameError.Protocol;
        var before = _fragments?.WrittenCount ?? 0;
        return header.PayloadLength > maxMessageBytes - before ? FrameError.MessageTooBig : null;
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
        _fragments = null; // The message owns the memory now.
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
        if (payload.Length == 1) return ClientFrame.Broken(FrameError.Protocol);
        var code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!IsCloseCode(code)) return ClientFrame.Broken(FrameError.Protocol, FrameRules.BadCloseCode(code));
        return Utf8.IsValid(payload[2..])
            ? new ClientFrame(ClientFrameKind.Close, CloseCode: code)
            : ClientFrame.Broken(FrameError.Protocol, FrameRules.BadCloseText);
    }

    /// <summary>
    /// The codes that a close frame may carry: those of RFC 6455, section 7.4, and the registered ones that GARM's library
    /// accepts.
    /// </summary>
    private static bool IsCloseCode(ushort code) =>
        code is (>= 1000 and <= 1003) or (>= 1007 and <= 1013) or (>= 3000 and <= 4999);
}
