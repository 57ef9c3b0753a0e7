namespace Garm.Log;

/// <summary>
/// What one or more commits do to a <see cref="LogChain"/>: its value becomes (value × <paramref name="Factor"/> +
/// <paramref name="Addend"/>) modulo 2^31 - 1. With it a statement can compute the chains of several commits, each from the head's.
/// </summary>
/// <param name="Factor">From 0 to 2^31 - 2.</param>
/// <param name="Addend">From 0 to 2^31 - 2.</param>
public readonly record struct LogChainStep(long Factor, long Addend)
{
    /// <summary>No commit: the value stays.</summary>
    public static LogChainStep None => new(1, 0);

    /// <summary>This step, and then that commit.</summary>
    public LogChainStep After(Guid commitId) => new(
        Factor * LogChain.Factor % LogChain.Prime, ((Addend * LogChain.Factor) + LogChain.LinkOf(commitId)) % LogChain.Prime);

    /// <summary>This step, and then back to before that commit.</summary>
    public LogChainStep Before(Guid commitId) => new(
        Factor * LogChain.FactorInverse % LogChain.Prime,
        (Addend + LogChain.Prime - LogChain.LinkOf(commitId)) % LogChain.Prime * LogChain.FactorInverse % LogChain.Prime);
}
