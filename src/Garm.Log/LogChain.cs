using System.Buffers.Binary;

namespace Garm.Log;

/// <summary>
/// Stands for everything that the log holds up to a place: each commit makes it anew of the one before and its own id. Two
/// logs that have the same value at the same place have the same past up to there (but for one in two thousand million). So a
/// database that was restored and written on is recognised, however far it has come since.
/// </summary>
/// <param name="Value">From 0, the empty log's, to 2^31 - 2.</param>
public readonly record struct LogChain(long Value)
{
    // (previous * Factor + link) modulo a prime: every engine can do that in 64 bits, inside the statement that takes the
    // positions.
    internal const long Prime = int.MaxValue;
    internal const long Factor = 48_271;
    private const long FactorInverse = 1_899_818_559;

    /// <summary>The part of a commit's id that goes in: its end, which is random.</summary>
    public static long LinkOf(Guid commitId)
    {
        Span<byte> bytes = stackalloc byte[16];
        commitId.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) % Prime;
    }

    /// <summary>After this commit.</summary>
    public LogChain After(Guid commitId) => new(((Value * Factor) + LinkOf(commitId)) % Prime);

    /// <summary>Before this commit, which it is of.</summary>
    public LogChain Before(Guid commitId) => new((Value + Prime - LinkOf(commitId)) % Prime * FactorInverse % Prime);
}
