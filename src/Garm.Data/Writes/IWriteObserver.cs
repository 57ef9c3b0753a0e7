using Garm.Log;

namespace Garm.Data.Writes;

/// <summary>Learns where in the log each write of one <see cref="UnitOfWork"/> ended.</summary>
public interface IWriteObserver
{
    /// <summary>A write is committed; called before its result is made.</summary>
    /// <param name="place">The write's own last change, or the log's end when it changed nothing.</param>
    void Committed(LogPlace place);
}
