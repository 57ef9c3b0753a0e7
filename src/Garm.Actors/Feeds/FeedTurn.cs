namespace Garm.Actors.Feeds;

/// <summary>
/// What one message to a feed leads to: the actions in their order, and the number of the question that is open.
/// </summary>
internal sealed class FeedTurn
{
    private List<FeedAction>? _actions;

    /// <summary>The number of the current question.</summary>
    public long Round { get; private set; }

    /// <summary>Begins another question: answers to the former ones are void.</summary>
    /// <returns>Its number.</returns>
    public long NextRound() => ++Round;

    /// <summary>Adds an action.</summary>
    public void Do(FeedAction action) => (_actions ??= []).Add(action);

    /// <summary>Takes the actions, and begins an empty list.</summary>
    public IReadOnlyList<FeedAction> Take()
    {
        var actions = _actions;
        _actions = null;
        return actions ?? (IReadOnlyList<FeedAction>)[];
    }
}
