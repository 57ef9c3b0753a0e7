using System.Globalization;

namespace Garm.Bench.Nodes;

/// <summary>What a run does.</summary>
/// <param name="Server">A connection string of a PostgreSQL server where a database may be made; null for SQLite.</param>
/// <param name="Events">How many are measured.</param>
/// <param name="Rate">Events per second.</param>
internal sealed record BenchOptions(string? Server, int Events, double Rate)
{
    public const string Usage = """
        Starts two nodes on one database, writes on the first, and prints when a subscriber on each of them has each event.
          sqlite | postgresql CONNECTION-STRING    the database; on PostgreSQL one is made and dropped
          --events N (500)  --rate N/s (20)
        """;

    /// <summary>Reads the command line; null when it is not understood.</summary>
    public static BenchOptions? Parse(string[] args)
    {
        var (options, rest) = args switch
        {
            ["sqlite", .. var others] => (new BenchOptions(null, 500, 20), others),
            ["postgresql", { Length: > 0 } server, .. var others] => (new BenchOptions(server, 500, 20), others),
            _ => (null, args),
        };
        for (var i = 0; options is not null && i < rest.Length; i += 2)
        {
            var isNumber = int.TryParse(rest.ElementAtOrDefault(i + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            options = (rest[i], isNumber && number > 0) switch
            {
                ("--events", true) => options with { Events = number },
                ("--rate", true) => options with { Rate = number },
                _ => null,
            };
        }

        return options;
    }
}
