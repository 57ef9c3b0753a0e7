namespace Garm.Data.Engines;

/// <summary>The keys by which rows of <c>entity_states</c> are found and ordered, within a type.</summary>
internal static class StateKeys
{
    /// <summary>The maximum number of characters.</summary>
    public const int MostLength = 330;

    // No source has a slash in its name. The slash at the end distinguishes ids that differ only in spaces at their ends, which SQL
    // Server ignores in comparisons.
    private const char Separator = '/';

    /// <summary>The key of an entity.</summary>
    public static string Of(string source, string entityId) => $"{source}{Separator}{entityId}{Separator}";

    /// <summary>A lower bound of the keys of the source.</summary>
    public static string Before(string source) => $"{source}{Separator}";

    /// <summary>An upper bound of the keys of the source.</summary>
    public static string After(string source) => $"{source}{(char)(Separator + 1)}";
}
