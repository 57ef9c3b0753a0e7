using System.Text;

namespace Garm.Fuzz.Tests.Support;

/// <summary>Values that often cause failures.</summary>
internal static class Hostile
{
    /// <summary>Bytes of unusual JSON values.</summary>
    private static readonly string[] JsonValues =
    [
        "null", "true", "{}", "[]", "[null]", "[[]]", "{\"a\":{}}", "-1", "0", "-0", "1.5", "1e3", "1e400", "-1e400", "4294967295", "4294967296",
        "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e-400",
        "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\uffff\"", "\"\\u202e\"",
        "\"'; DROP TABLE users; --\"", "\"%00\"", "\"../../etc/passwd\"", "\"{{ .X }}\"", "\"${jndi:ldap://x}\"", "\"<script>\"", "\"\\n\\r\\t\"",
        "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"9999-12-31T23:59:59-14:00\"", "\"2026-13-01T00:00:00Z\"",
        "\"http://[::1\"", "\"http://a b\"", "\"https://user:pass@h\"", "\"HTTPS://EXAMPLE.COM:443//\"", "\"javascript:alert(1)\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"AAAA\"", "\"====\"", "NaN", "Infinity", "01", "'x'", "undefined",
    ];

    private static readonly string[] Segments =
    [
        "0", "-1", "1e9", "4294967295", "4294967296", "9223372036854775807", "18446744073709551615", "99999999999999999999999",
        "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "urn:uuid:00000000-0000-0000-0000-000000000000",
        "%00", "a%00b", "%ff", "%c3%28", "%ed%a0%80", "%f0%9f%98%80", "%2e%2e%2f", "%2f", "%5c", "%25", "%", "%zz", "..", ".", "%20", "'", "%22", "*", "+",
        "%7b%7d", "~", "a;b", "null", "undefined", "%0d%0aX:%20y", "%e2%80%ae",
    ];

    /// <summary>The bytes of a JSON value, or of invalid JSON.</summary>
    public static byte[] Json(Random chances) => chances.Next(12) switch
    {
        0 => Encoding.UTF8.GetBytes(Deep(chances.Next(2) == 0 ? '[' : '{', chances.Next(1, 200))),
        1 => [(byte)'"', .. Bytes(chances, 12), (byte)'"'],
        2 => Encoding.UTF8.GetBytes($"\"{new string((char)chances.Next('a', 'z'), chances.Next(3000))}\""),
        3 => Encoding.UTF8.GetBytes($"\"{string.Concat(Enumerable.Repeat("\ud83d\ude00", chances.Next(700)))}\""),
        _ => Encoding.UTF8.GetBytes(JsonValues[chances.Next(JsonValues.Length)]),
    };

    /// <summary>A path segment or query value, encoded for the request.</summary>
    public static string Segment(Random chances) => chances.Next(20) == 0
        ? new string('a', chances.Next(7000))
        : Segments[chances.Next(Segments.Length)];

    /// <summary>Any bytes.</summary>
    public static byte[] Bytes(Random chances, int most)
    {
        var bytes = new byte[chances.Next(most + 1)];
        chances.NextBytes(bytes);
        return bytes;
    }

    /// <summary>The same bytes with a few changes.</summary>
    public static byte[] Damage(Random chances, byte[] bytes)
    {
        if (bytes.Length == 0) return Bytes(chances, 20);
        if (chances.Next(3) == 0) return bytes[..chances.Next(bytes.Length)];
        var damaged = bytes.ToArray();
        for (var left = chances.Next(1, 5); left > 0; left--)
            damaged[chances.Next(damaged.Length)] = chances.Next(3) switch { 0 => 0xff, 1 => 0, _ => (byte)chances.Next(256) };
        return damaged;
    }

    private static string Deep(char open, int levels) => open == '['
        ? new string('[', levels) + new string(']', levels)
        : string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
}
