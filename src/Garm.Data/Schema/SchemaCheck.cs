namespace Garm.Data.Schema;

/// <summary>Compares the migrations of a database with those of this build.</summary>
internal static class SchemaCheck
{
    /// <summary>Refuses a database that a newer build has migrated.</summary>
    /// <exception cref="SchemaException">It has migrations that this build does not know.</exception>
    public static void RefuseNewer(IEnumerable<string> known, IEnumerable<string> applied)
    {
        var unknown = applied.Except(known).ToList();
        if (unknown.Count > 0)
        {
            throw new SchemaException(
                $"it has the migration {string.Join(", ", unknown)}, which this build does not know; "
                + "start the version that applied it, or restore an earlier backup");
        }
    }

    /// <summary>Refuses a database that lacks a migration.</summary>
    /// <exception cref="SchemaException">It is older than this build, or empty.</exception>
    public static void RefuseOlder(IEnumerable<string> known, IReadOnlyCollection<string> applied)
    {
        var pending = known.Except(applied).ToList();
        if (pending.Count > 0)
        {
            throw new SchemaException(
                $"{(applied.Count == 0 ? "it has no schema yet" : "its schema is older")}, {string.Join(", ", pending)} is to be applied, "
                + "and Garm:Database:MigrateOnStart is false; start a node with true once, or apply the migrations beforehand");
        }
    }
}
