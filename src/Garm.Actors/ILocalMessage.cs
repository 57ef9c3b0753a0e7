using Akka.Actor;

namespace Garm.Actors;

/// <summary>
/// Marks a message that stays on its node. It may hold what cannot be serialized, such as a queue, and Akka's verification of the
/// serialization of messages leaves it out.
/// </summary>
public interface ILocalMessage : INoSerializationVerificationNeeded;
