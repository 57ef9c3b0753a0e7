using Garm.Log;

namespace Garm.Data.Writes;

/// <summary>Observes the place in the log at which each write of one <see cref="UnitOfWork"/> ended.</summary>
public interface IWriteObserver
{
    /// <summary>A write was committed; called before its result is built.</summary>
    /// <param name="place">The write's own last change, or the log's end when it changed nothing.</param>
    void Committed(LogPlace place);
}
