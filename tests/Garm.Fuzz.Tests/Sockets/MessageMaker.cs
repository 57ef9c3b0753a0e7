using System.Text;
using Garm.Fuzz.Tests.Support;

namespace Garm.Fuzz.Tests.Sockets;

/// <summary>Generates messages for the event socket: valid filters, nearly valid ones, and others.</summary>
internal static class MessageMaker
{
    private static readonly string[] Types =
        ["repository", "organization", "enterprise", "pool", "scaleset", "instance", "job", "user", "proxy", "template", "controller", "github_credentials", "nonsense", ""];

    private static readonly string[] Operations = ["create", "update", "delete", "CREATE", ""];
    private static readonly string[] Fields = ["id", "name", "status", "enabled", "pool_id", "x", ""];
    private static readonly string[] Cursors = ["now", "earliest", "snapshot", "", "AAAA", "1.2.3", "\\u0000", "\\ud800"];

    public static byte[] Make(Random chances)
    {
        if (chances.Next(10) == 0) return chances.Next(2) == 0 ? Hostile.Json(chances) : Hostile.Bytes(chances, 200);
        var message = new List<byte>();
        Text("{");
        if (chances.Next(5) == 0) Field("send-everything", chances.Next(3) > 0 ? "true" : "false");
        if (chances.Next(4) > 0)
        {
            Field("filters", "[");
            for (var left = chances.Next(0, 4); left > 0; left--) Filter(left > 1);
            Text("]");
        }

        if (chances.Next(3) == 0) Field("cursor", $"\"{Cursors[chances.Next(Cursors.Length)]}\"");
        if (chances.Next(4) == 0) Field("heartbeat-seconds", new[] { "0", "1", "3600", "3601", "-1", "1.5", "\"1\"" }[chances.Next(7)]);
        if (chances.Next(10) == 0) Field("token", "\"a.b.c\"");
        if (chances.Next(10) == 0) Field("source", chances.Next(2) == 0 ? "\"\"" : "[\"a\",1]");
        if (chances.Next(10) == 0) Field("on-expired", "\"snapshot\"");
        if (chances.Next(8) == 0) Value("x");
        Text("}");
        var bytes = message.ToArray();
        return chances.Next(12) == 0 ? Hostile.Damage(chances, bytes) : bytes;

        void Filter(bool comma)
        {
            Text($"{{\"entity-type\":\"{Types[chances.Next(Types.Length)]}\"");
            if (chances.Next(2) == 0) Text($",\"operations\":[\"{Operations[chances.Next(Operations.Length)]}\"]");
            if (chances.Next(3) == 0)
            {
                Text($",\"match\":{{\"{Fields[chances.Next(Fields.Length)]}\":");
                if (chances.Next(2) == 0) Text("[\"a\",1,null,true]");
                else message.AddRange(Hostile.Json(chances));
                Text("}");
            }

            Text(comma ? "}," : "}");
        }

        void Field(string name, string value) => Text($"{(message.Count > 1 ? "," : "")}\"{name}\":{value}");

        void Value(string name)
        {
            Field(name, "");
            message.AddRange(Hostile.Json(chances));
        }

        void Text(string text) => message.AddRange(Encoding.UTF8.GetBytes(text));
    }
}
