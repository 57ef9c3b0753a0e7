using Akka.Actor;

namespace Garm.Actors;

/// <summary>
/// Marks a message that stays on its node: it may hold what no bytes can stand for (a queue, another actor's shared
/// instance), and is left alone where Akka is set to try out the serialization of every message.
/// </summary>
public interface ILocalMessage : INoSerializationVerificationNeeded;
