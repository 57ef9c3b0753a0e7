namespace Garm.Actors.Tests.Feeds;

/// <summary>The kinds of steps in a history.</summary>
internal enum Happening
{
    /// <summary>A change is committed; the number determines its kind.</summary>
    Commit,

    /// <summary>The relay sends this number of further changes on.</summary>
    Relay,

    /// <summary>The relay's next message arrives.</summary>
    RelaySays,

    /// <summary>The relay's next message is lost, if it is an answer.</summary>
    RelayIsNotHeard,

    /// <summary>The log's next answer arrives; it is a failure if the number is odd.</summary>
    LogSays,

    /// <summary>The timer fires, if it is armed.</summary>
    Retry,

    /// <summary>The reader takes this number of changes from the sink.</summary>
    Read,

    /// <summary>The user is confirmed.</summary>
    Open,

    /// <summary>The reader sends another filter.</summary>
    AskFilter,

    /// <summary>The reader sends a filter and a place to begin at.</summary>
    AskStart,

    /// <summary>Retention deletes this number of changes.</summary>
    Prune,

    /// <summary>An older copy of the database, older by this number of changes, replaces it.</summary>
    Restore,
}

/// <summary>A step of a history.</summary>
internal readonly record struct Step(Happening What, int Number)
{
    public override string ToString() => $"{What}({Number})";
}
