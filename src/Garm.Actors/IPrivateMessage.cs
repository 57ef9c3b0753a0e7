using Akka.Event;

namespace Garm.Actors;

/// <summary>
/// Marks a message that an actor sends only to itself (timers, results of its reads), its parent or its child. It is never serialized,
/// and not logged as a dead letter when the actor has stopped.
/// </summary>
internal interface IPrivateMessage : ILocalMessage, IDeadLetterSuppression;
