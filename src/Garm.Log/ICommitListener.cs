namespace Garm.Log;

/// <summary>Receives each commit of this process, right after it. Must return at once and must not throw.</summary>
public interface ICommitListener
{
    /// <summary>The transaction is committed: these changes are history now.</summary>
    void Committed(ChangeBatch batch);
}
