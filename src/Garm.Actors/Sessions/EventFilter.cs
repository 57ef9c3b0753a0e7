using Garm.Contracts.Events;
using Garm.Data.ChangeLog;

namespace Garm.Actors.Sessions;

/// <summary>
/// What a session sends. Several filters of one message mean <em>any</em>: a change is sent, once, when at least one of
/// them names its type and operation. A later message replaces the filter as a whole and never adds to it.
/// <para>
/// A plain filter looks at the type and the operation only, which no later change alters: an entity cannot move into or
/// out of a filter while it lives, so no arrival or departure is hidden.
/// </para>
/// </summary>
/// <param name="Kinds">The kinds of change that are sent.</param>
public readonly record struct EventFilter(EventKinds Kinds)
{
    /// <summary>
    /// The filter of a session whose client has not sent one: nothing is sent. It is not the same as a filter that lets
    /// nothing of interest through, and a client cannot return to it: messages that ask for nothing are ignored.
    /// </summary>
    public static EventFilter NotYet => default;

    /// <summary>Whether the client has sent a filter.</summary>
    public bool IsSet => !Kinds.IsEmpty;

    /// <summary>The filter that a client's accepted message asks for.</summary>
    public static EventFilter Of(EventOptions options) => new(options.Kinds);

    /// <summary>Whether the change is to be sent.</summary>
    public bool Matches(Change change) => Kinds.Contains(change.Kind);
}
