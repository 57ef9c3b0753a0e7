using Akka.Actor;

namespace Garm.Actors;

/// <summary>
/// Marks a message that stays on its node. It may hold objects that cannot be serialized, such as a queue; Akka's verification of
/// message serialization skips it.
/// </summary>
public interface ILocalMessage : INoSerializationVerificationNeeded;
