using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>The settings of the sources have changed: look at them now.</summary>
public sealed record LookAtSources : ILocalMessage
{
    /// <summary>The only one.</summary>
    public static LookAtSources Instance { get; } = new();
}

/// <summary>What an actor of a source works with.</summary>
internal sealed record SourcePorts(ISourceRegistry Registry, ISourceLeases Leases, ISourceMirror Mirror, ISourceConnector Connector);

/// <summary>Give the lease back and stop.</summary>
internal sealed record StopSource : IPrivateMessage
{
    public static StopSource Instance { get; } = new();
}

/// <summary>A frame of the connection with this number.</summary>
internal sealed record FrameCame(int Connection, ReadOnlyMemory<byte> Frame) : IPrivateMessage;

/// <summary>The socket of the connection with this number has ended.</summary>
internal sealed record SocketEnded(int Connection, string Message) : IPrivateMessage;

/// <summary>A connection was opened.</summary>
internal sealed record ConnectionOpened(int Connection, ISourceSession Session) : IPrivateMessage;

/// <summary>A connection could not be opened.</summary>
internal sealed record ConnectionRefused(int Connection, Exception Cause) : IPrivateMessage;

/// <summary>A part of a list is compared.</summary>
internal sealed record PartResolved(EntitiesListed Part, ResolvedEntities Result) : IPrivateMessage;

/// <summary>These are not in the list of a type.</summary>
internal sealed record MissingFound(TypeListed List, IReadOnlyList<string> Ids) : IPrivateMessage;

/// <summary>A part of a list could not be compared.</summary>
internal sealed record PartFailed(TaskCompletionSource Taken, Exception Cause) : IPrivateMessage;

/// <summary>A batch is written; null when the lease is another's.</summary>
internal sealed record BatchWritten(MirrorWritten? Written) : IPrivateMessage;

/// <summary>A batch could not be written.</summary>
internal sealed record BatchFailed(Exception Cause) : IPrivateMessage;

/// <summary>The batch is to be written again.</summary>
internal sealed record WriteAgainDue : IPrivateMessage;

/// <summary>The lease is to be renewed.</summary>
internal sealed record RenewLeaseDue : IPrivateMessage;

/// <summary>A write in the lease's name was answered.</summary>
internal sealed record LeaseAnswered(bool IsHeld) : IPrivateMessage;

/// <summary>A write in the lease's name failed: the database does not answer.</summary>
internal sealed record LeaseUnanswered(Exception Cause) : IPrivateMessage;

/// <summary>The status was written; false when the lease is another's.</summary>
internal sealed record Reported(SourceReport Report, bool IsHeld) : IPrivateMessage;

/// <summary>The status could not be written.</summary>
internal sealed record ReportFailed(Exception Cause) : IPrivateMessage;

/// <summary>A timer of the machine.</summary>
internal sealed record TimerDue(SourceTimer Timer) : IPrivateMessage;

/// <summary>The keys that are mirrored.</summary>
internal sealed record IndexLoaded(MirrorIndex Index) : IPrivateMessage;

/// <summary>They could not be read.</summary>
internal sealed record IndexFailed(Exception Cause) : IPrivateMessage;

/// <summary>They are to be read again.</summary>
internal sealed record LoadAgainDue : IPrivateMessage;

/// <summary>The source is removed; or is not, because the lease is another's, or for the cause.</summary>
internal sealed record RemovalEnded(bool IsRemoved, Exception? Cause) : IPrivateMessage;
