namespace Garm.Data.Model;

/// <summary>
/// Names are unique and looked up without regard to case, on every engine: by a lower-case copy. SQL Server ignores
/// spaces at the end of a text and the others do not, so the copy never ends with a space.
/// </summary>
internal static class Normalized
{
    private const char AfterSpaces = '\u200B';

    public static string Of(string name)
    {
        var lower = name.ToLowerInvariant();
        return lower.EndsWith(' ') ? lower + AfterSpaces : lower;
    }
}
