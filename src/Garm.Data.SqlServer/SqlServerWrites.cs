using Garm.Data.Engines;

namespace Garm.Data.SqlServer;

/// <summary>Recognises errors that mean that writes cannot work.</summary>
internal static class SqlServerWrites
{
    // No space in a file group, for a page, in a file of limited size, in the log; Azure's size limit of a database.
    private static readonly HashSet<int> OutOfSpace = [1101, 1105, 3257, 5149, 9002, 40544];

    // A read-only database, file group or replica; Azure's read-only database.
    private static readonly HashSet<int> ReadOnly = [976, 978, 1924, 3906, 3908, 5063, 40610];

    // Read and write errors of the system, wrong checksums and pages, an unavailable log.
    private static readonly HashSet<int> Damaged = [823, 824, 825, 829, 832, 9001];

    public static WriteObstacle? ObstacleOf(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            if (OutOfSpace.Contains(number)) return WriteObstacle.OutOfSpace;
            if (ReadOnly.Contains(number)) return WriteObstacle.ReadOnly;
            if (Damaged.Contains(number)) return WriteObstacle.Damaged;
        }

        return null;
    }
}
