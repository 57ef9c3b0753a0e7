using System.Globalization;

namespace Garm.Bench.Log;

/// <summary>What is measured.</summary>
/// <param name="PostgreSql">A server where a database may be made; null for SQLite in a temporary folder.</param>
/// <param name="Writers">How many write at once, each its own row.</param>
/// <param name="Rounds">How often the two are measured, in turn.</param>
/// <param name="Seconds">How long a measurement takes.</param>
/// <param name="Sources">Whether what sources bring is measured instead.</param>
internal sealed record BenchOptions(string? PostgreSql, int Writers, int Rounds, double Seconds, bool Sources = false)
{
    public const string Usage =
        "Garm.Bench.Log sqlite | postgresql CONNECTION_STRING, then sources | [--writers 8] [--rounds 40] [--seconds 0.5]";

    public static BenchOptions? Parse(string[] args)
    {
        var options = new BenchOptions(null, 8, 40, 0.5);
        if (args is [.. var first, "sources"]) return Parse(first) is { } where ? where with { Sources = true } : null;
        var rest = args switch
        {
            ["sqlite", .. var more] => more,
            ["postgresql", _, .. var more] => more,
            _ => null,
        };
        if (rest is null || rest.Length % 2 != 0) return null;
        if (args[0] == "postgresql") options = options with { PostgreSql = args[1] };
        foreach (var pair in rest.Chunk(2))
        {
            if (!double.TryParse(pair[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number <= 0) return null;
            options = pair[0] switch
            {
                "--writers" => options with { Writers = (int)number },
                "--rounds" => options with { Rounds = (int)number },
                "--seconds" => options with { Seconds = number },
                _ => options with { Writers = 0 },
            };
        }

        return options.Writers > 0 && options.Rounds > 0 ? options : null;
    }
}
