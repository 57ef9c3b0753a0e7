using System.Buffers.Binary;
using System.Text;
using Garm.Data.Tests.Support;

namespace Garm.Data.Tests.SqlServer;

/// <summary>The parts of a server's answer in TDS 7.4 that the tests need.</summary>
internal static class TdsTokens
{
    private static readonly byte[] Collation = [0x09, 0x04, 0xd0, 0x00, 0x34];

    /// <summary>The answer to the first packet: version 16, no encryption, one statement at a time.</summary>
    public static byte[] Prelogin { get; } =
    [
        0, 0, 16, 0, 6, // version
        1, 0, 22, 0, 1, // encryption
        4, 0, 23, 0, 1, // several statements at once
        0xff,
        16, 0, 0, 0, 0, 0, 2, 0,
    ];

    /// <summary>The login is accepted; the server sends its collation.</summary>
    public static byte[] LoggedIn { get; } =
        [.. Token(0xe3, [7, 5, .. Collation, 0]), .. Token(0xad, [1, 0x74, 0, 0, 4, .. ShortText("Responder"), 16, 0, 0, 0]), .. Done()];

    /// <summary>The end of an answer.</summary>
    public static byte[] Done(bool isError = false) => [0xfd, (byte)(isError ? 2 : 0), 0, 0, 0, .. new byte[8]];

    /// <summary>A call with parameters has ended.</summary>
    public static byte[] DoneCall(bool isError = false) => [0xfe, (byte)(isError ? 2 : 0), 0, 0, 0, .. new byte[8]];

    /// <summary>An error only.</summary>
    public static byte[] Refusal(params (int Number, byte Severity)[] errors) =>
        [.. errors.SelectMany(x => Error(x.Number, x.Severity)), .. Done(isError: true)];

    public static byte[] Error(int number, byte severity) => Token(
        0xaa,
        [
            .. Number(number), 1, severity, .. BitConverter.GetBytes((ushort)$"error {number}".Length),
            .. Encoding.Unicode.GetBytes($"error {number}"), .. ShortText("responder"), .. ShortText(""), .. Number(1),
        ]);

    /// <summary>A transaction has begun.</summary>
    public static byte[] Begun { get; } = Token(0xe3, [8, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0]);

    /// <summary>It has been committed.</summary>
    public static byte[] Committed { get; } = Token(0xe3, [9, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8]);

    /// <summary>One row: texts, ints and longs.</summary>
    public static byte[] Row(params object[] values) =>
    [
        0x81, .. BitConverter.GetBytes((ushort)values.Length), .. values.SelectMany(Column), 0xd1, .. values.SelectMany(Value),
    ];

    // May be null: otherwise a number would come without its length.
    private static byte[] Column(object value) => [0, 0, 0, 0, 1, 0, .. TypeOf(value), .. ShortText("c")];

    private static byte[] TypeOf(object value) => value switch
    {
        string => [0xe7, 0, 2, .. Collation],
        int => [0x26, 4],
        _ => [0x26, 8],
    };

    private static byte[] Value(object value) => value switch
    {
        string text => [.. BitConverter.GetBytes((ushort)(text.Length * 2)), .. Encoding.Unicode.GetBytes(text)],
        int number => [4, .. Number(number)],
        _ => [8, .. BitConverter.GetBytes((long)value)],
    };

    private static byte[] Token(byte kind, byte[] content) => [kind, .. BitConverter.GetBytes((ushort)content.Length), .. content];

    private static byte[] ShortText(string text) => [(byte)text.Length, .. Encoding.Unicode.GetBytes(text)];

    private static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
