namespace Garm.Actors.Feeds;

/// <summary>
/// The result of one message to a feed: the actions in order, and the number of the open request.
/// </summary>
internal sealed class FeedTurn
{
    private List<FeedAction>? _actions;

    /// <summary>The number of the current question.</summary>
    public long Round { get; private set; }

    /// <summary>Begins another request; answers to former ones are ignored.</summary>
    /// <returns>Its number.</returns>
    public long NextRound() => ++Round;

    /// <summary>Adds an action.</summary>
    public void Do(FeedAction action) => (_actions ??= []).Add(action);

    /// <summary>Returns the actions, and begins an empty list.</summary>
    public IReadOnlyList<FeedAction> Take()
    {
        var actions = _actions;
        _actions = null;
        return actions ?? (IReadOnlyList<FeedAction>)[];
    }
}
