using Akka.Event;

namespace Garm.Actors;

/// <summary>
/// What an actor tells only itself (timers, results of its own reads), or its own parent or child: never serialized, and
/// no dead letter worth a line when the actor has ended meanwhile.
/// </summary>
internal interface IPrivateMessage : ILocalMessage, IDeadLetterSuppression;
