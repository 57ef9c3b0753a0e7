namespace Garm.Actors.Tests.Feeds;

/// <summary>What may happen around a feed.</summary>
internal enum Happening
{
    /// <summary>A change is committed; the number chooses its kind.</summary>
    Commit,

    /// <summary>The relay lets so many more changes through.</summary>
    Relay,

    /// <summary>The relay's next message arrives.</summary>
    RelaySays,

    /// <summary>The relay's next message is lost, where it is an answer.</summary>
    RelayIsNotHeard,

    /// <summary>The log's next answer arrives; an odd number: it failed.</summary>
    LogSays,

    /// <summary>The timer fires, if it is armed.</summary>
    Retry,

    /// <summary>The reader takes so many from the sink.</summary>
    Read,

    /// <summary>The user is confirmed.</summary>
    Open,

    /// <summary>The reader asks for another filter.</summary>
    AskFilter,

    /// <summary>The reader asks for a filter and a place to begin at.</summary>
    AskStart,

    /// <summary>Retention takes so many changes.</summary>
    Prune,

    /// <summary>An older copy of the database, so many changes older, takes its place.</summary>
    Restore,
}

/// <summary>A step of a history.</summary>
internal readonly record struct Step(Happening What, int Number)
{
    public override string ToString() => $"{What}({Number})";
}
