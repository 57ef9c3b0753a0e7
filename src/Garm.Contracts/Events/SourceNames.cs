namespace Garm.Contracts.Events;

/// <summary>The names of event sources: GARM servers behind the hub have names, and the hub's own name is empty.</summary>
public static class SourceNames
{
    /// <summary>The hub itself.</summary>
    public const string Hub = "";

    /// <summary>The maximum number of characters in a name.</summary>
    public const int MostLength = 63;

    /// <summary>Whether a name may contain the character.</summary>
    public static bool IsAllowed(char character) => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';

    /// <summary>Whether the name is valid for a source.</summary>
    public static bool IsValid(string name) => name.Length is > 0 and <= MostLength && name.All(IsAllowed);
}
