namespace Garm.Data.Engines;

/// <summary>The texts that rows of <c>entity_states</c> are found and ordered by, within a type.</summary>
internal static class StateKeys
{
    /// <summary>Most characters.</summary>
    public const int MostLength = 330;

    // No source has a slash in its name. The one at the end keeps ids apart that differ in spaces at their ends, which SQL Server
    // does not compare.
    private const char Separator = '/';

    /// <summary>The key of an entity.</summary>
    public static string Of(string source, string entityId) => $"{source}{Separator}{entityId}{Separator}";

    /// <summary>Keys of the source are after this one.</summary>
    public static string Before(string source) => $"{source}{Separator}";

    /// <summary>Keys of the source are before this one.</summary>
    public static string After(string source) => $"{source}{(char)(Separator + 1)}";
}
