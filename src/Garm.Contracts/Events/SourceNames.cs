namespace Garm.Contracts.Events;

/// <summary>What the sources of events are called: GARM servers behind the hub have names, and the hub's own name is empty.</summary>
public static class SourceNames
{
    /// <summary>The hub itself.</summary>
    public const string Hub = "";

    /// <summary>Most characters of a name.</summary>
    public const int MostLength = 63;

    /// <summary>Whether a name may have the character.</summary>
    public static bool IsAllowed(char character) => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';

    /// <summary>Whether a source can have this name.</summary>
    public static bool IsValid(string name) => name.Length is > 0 and <= MostLength && name.All(IsAllowed);
}
