using System.Buffers;
using System.Text;
using Garm.WebSockets;
using Xunit;
using static Garm.Host.Tests.Events.ClientBytes;

namespace Garm.Host.Tests.Events;

public sealed class FrameReaderSpecs
{
    private const int Limit = 1024 * 1024;

    private static readonly byte[] Conversation =
    [
        .. Frame(Text, "{\"send-everything\":true}"u8),
        .. Frame(Ping, "abc"u8),
        .. Frame(Text, "{\"filters\":"u8, final: false),
        .. Frame(Ping, ""u8),
        .. Frame(Continuation, "[{\"entity-type\":"u8, final: false),
        .. Frame(Pong, "between"u8),
        .. Frame(Continuation, ""u8, final: false),
        .. Frame(Continuation, "\"proxy\"}]}"u8),
        .. Frame(Text, ""u8),
        .. Frame(Binary, Encoding.UTF8.GetBytes(new string('b', 125))),
        .. Frame(Binary, Encoding.UTF8.GetBytes(new string('c', 126))),
        .. Frame(Pong, ""u8),
        .. CloseFrame(4000, "custom"u8),
    ];

    private static readonly string[] ConversationRead =
    [
        "Message {\"send-everything\":true}",
        "Ping abc",
        "Ping ",
        "Pong between",
        "Message {\"filters\":[{\"entity-type\":\"proxy\"}]}",
        "Message ",
        "Message " + new string('b', 125),
        "Message " + new string('c', 126),
        "Pong ",
        "Close 4000",
    ];

    [Fact]
    public void Reads_a_conversation_in_one_piece() =>
        Assert.Equal(ConversationRead, Feed([Conversation]));

    [Fact]
    public void Reads_a_conversation_byte_by_byte() =>
        Assert.Equal(ConversationRead, Feed(Conversation.Select(b => new[] { b })));

    [Fact]
    public void Reads_a_conversation_cut_at_every_position()
    {
        for (var cut = 0; cut <= Conversation.Length; cut++)
            Assert.Equal(ConversationRead, Feed([Conversation[..cut], Conversation[cut..]]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public void Reads_a_conversation_that_lies_in_several_segments(int segment) =>
        Assert.Equal(ConversationRead, Feed([Conversation], segment));

    [Theory]
    [InlineData(ushort.MaxValue - 1)]
    [InlineData(ushort.MaxValue)]
    [InlineData(ushort.MaxValue + 1)]
    [InlineData(Limit)]
    public void Reads_long_messages_up_to_the_limit(int length)
    {
        var payload = Pattern(length);
        var frame = Assert.Single(Read([Frame(Binary, payload)]));
        Assert.Equal(ClientFrameKind.Message, frame.Kind);
        Assert.Equal(payload, frame.Payload.ToArray());
    }

    [Fact]
    public void Unmasks_with_any_key_and_any_length()
    {
        byte[][] keys = [[0, 0, 0, 0], [1, 2, 3, 4], [0xFF, 0, 0xFF, 0], [0, 0, 0, 0x80]];
        foreach (var key in keys)
        {
            for (var length = 0; length <= 130; length++)
            {
                var payload = Pattern(length);
                var frame = Assert.Single(Read([Frame(Binary, payload, key: key)]));
                Assert.Equal(payload, frame.Payload.ToArray());
            }
        }
    }

    [Fact]
    public void Leaves_text_that_is_no_utf8_to_the_reader_of_the_message()
    {
        var frame = Assert.Single(Read([Frame(Text, [0xC3, 0x28])]));
        Assert.Equal(ClientFrameKind.Message, frame.Kind);
    }

    [Fact]
    public void Refuses_a_message_one_byte_over_the_limit_before_any_of_it_has_come()
    {
        var head = Head(Text, Limit + 1);
        var withoutKey = head[..^4];
        Assert.Equal(["Error MessageTooBig"], Feed([withoutKey]));
        Assert.Empty(Feed([withoutKey[..^1]]));
    }

    [Fact]
    public void Counts_all_fragments_against_the_limit()
    {
        var most = Frame(Text, Pattern(Limit - 10), final: false);
        var fits = Read([most, Frame(Continuation, Pattern(10))]);
        Assert.Equal(Limit, Assert.Single(fits).Payload.Length);

        Assert.Equal(["Error MessageTooBig"], Feed([most, Head(Continuation, 11, final: false)]));
        Assert.Equal(["Error MessageTooBig"], Feed([most, Frame(Continuation, Pattern(10), final: false), Head(Continuation, 1)]));
    }

    [Fact]
    public void Starts_counting_anew_with_each_message()
    {
        var read = Read([Frame(Text, Pattern(Limit)), Frame(Text, Pattern(Limit))]);
        Assert.All(read, frame => Assert.Equal(ClientFrameKind.Message, frame.Kind));
        Assert.Equal(2, read.Count);
    }

    public static TheoryData<string, byte[]> BrokenRules() => new()
    {
        { "not masked", [0x81, 0x01, (byte)'a'] },
        { "not masked, header only", [0x81, 0x00] },
        { "first reserved bit", [0xC1, 0x80] },
        { "second reserved bit", [0xA1, 0x80] },
        { "third reserved bit", [0x91, 0x80] },
        { "opcode 3", [0x83, 0x80] },
        { "opcode 7", [0x87, 0x80] },
        { "opcode 11", [0x8B, 0x80] },
        { "opcode 15", [0x8F, 0x80] },
        { "fragmented ping", [0x09, 0x80] },
        { "fragmented close", [0x08, 0x80] },
        { "ping of 126 bytes", [0x89, 0x80 | 126] },
        { "close with a long length", [0x88, 0x80 | 127] },
        { "continuation of nothing", Frame(Continuation, "x"u8) },
        { "continuation after the last fragment", [.. Frame(Text, "{"u8, false), .. Frame(Continuation, "}"u8), .. Frame(Continuation, "x"u8)] },
        { "text within a fragmented message", [.. Frame(Text, "{"u8, false), .. Frame(Text, "}"u8)] },
        { "binary within a fragmented message", [.. Frame(Text, "{"u8, false), .. Frame(Binary, "}"u8)] },
        { "top bit of a 64-bit length", [0x82, 0x80 | 127, 0x80, 0, 0, 0, 0, 0, 0, 0] },
        { "close payload of one byte", Frame(Close, [3]) },
        { "close reason that is no utf8", CloseFrame(1000, [0xC3, 0x28]) },
    };

    [Theory]
    [MemberData(nameof(BrokenRules))]
    public void Refuses_what_breaks_the_protocol(string rule, byte[] bytes)
    {
        Assert.NotEmpty(rule);
        Assert.Equal("Error Protocol", Feed([bytes])[^1]);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1002)]
    [InlineData(1003)]
    [InlineData(1007)]
    [InlineData(1011)]
    [InlineData(1012)]
    [InlineData(1013)]
    [InlineData(3000)]
    [InlineData(4000)]
    [InlineData(4999)]
    public void Takes_close_codes_that_may_be_sent(int code) =>
        Assert.Equal([$"Close {code}"], Feed([CloseFrame((ushort)code, "why"u8)]));

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1014)]
    [InlineData(1015)]
    [InlineData(1016)]
    [InlineData(2999)]
    [InlineData(5000)]
    [InlineData(65535)]
    public void Refuses_close_codes_that_may_not_be_sent(int code) =>
        Assert.Equal(["Error Protocol"], Feed([CloseFrame((ushort)code)]));

    public static TheoryData<string, byte[]> TextsOfBrokenRules() => new()
    {
        { "bad MASK", [0x81, 0x01, (byte)'a'] },
        { "RSV1 set, RSV3 set", [0xD1, 0x80] },
        { "bad opcode 3, bad MASK", [0x83, 0x00] },
        { "len > 125 for control", [0x89, 0x80 | 126] },
        { "len > 125 for control, FIN not set on control", [0x08, 0x80 | 127] },
        { "data before FIN", [.. Frame(Text, "{"u8, false), .. Frame(Text, "}"u8)] },
        { "continuation after FIN", Frame(Continuation, "x"u8) },
        { "bad close code 1005", CloseFrame(1005) },
        { "invalid utf8 payload in close frame", CloseFrame(1000, [0xC3, 0x28]) },
        { "", [0x82, 0x80 | 127, 0x80, 0, 0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(TextsOfBrokenRules))]
    public void Tells_which_rule_was_broken_in_the_words_of_GARMs_library(string text, byte[] bytes) =>
        Assert.Equal(text, Read([bytes])[^1].Text);

    [Fact]
    public void Takes_a_close_frame_without_code() => Assert.Equal(["Close "], Feed([Frame(Close, ""u8)]));

    [Fact]
    public void Takes_control_frames_of_125_bytes() =>
        Assert.Equal(125, Assert.Single(Read([Frame(Ping, Pattern(125))])).Payload.Length);

    [Fact]
    public void Gives_out_nothing_after_a_close_frame() =>
        Assert.Equal(["Close 1000"], Feed([CloseFrame(1000), Frame(Text, "{}"u8), [0xFF, 0xFF]]));

    [Fact]
    public void Gives_out_nothing_after_an_error() =>
        Assert.Equal(["Error Protocol"], Feed([[0x83, 0x80], Frame(Text, "{}"u8)]));

    private static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) bytes[i] = (byte)(i * 31);
        return bytes;
    }

    private static string[] Feed(IEnumerable<byte[]> pieces, int segment = int.MaxValue) =>
        [.. Read(pieces, segment).Select(Describe)];

    private static string Describe(ClientFrame frame) => frame.Kind switch
    {
        ClientFrameKind.Close => $"Close {frame.CloseCode}",
        ClientFrameKind.Error => $"Error {frame.Error}",
        _ => $"{frame.Kind} {Encoding.UTF8.GetString(frame.Payload.Span)}",
    };

    /// <summary>Feeds the pieces in turn and keeps unread bytes, as the receive loop does.</summary>
    private static List<ClientFrame> Read(IEnumerable<byte[]> pieces, int segment = int.MaxValue)
    {
        var reader = new FrameReader(Limit);
        var read = new List<ClientFrame>();
        var kept = Array.Empty<byte>();
        foreach (var piece in pieces)
        {
            byte[] all = [.. kept, .. piece];
            var input = InPieces(all, Math.Min(segment, Math.Max(all.Length, 1)));
            while (reader.TryRead(ref input, out var frame)) read.Add(frame);
            kept = input.ToArray();
        }

        return read;
    }
}
