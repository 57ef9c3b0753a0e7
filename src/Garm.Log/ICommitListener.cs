namespace Garm.Log;

/// <summary>Called after each commit of this process. It must return at once and must not throw.</summary>
public interface ICommitListener
{
    /// <summary>The transaction with these changes is committed.</summary>
    void Committed(ChangeBatch batch);
}
