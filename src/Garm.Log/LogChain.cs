using System.Buffers.Binary;

namespace Garm.Log;

/// <summary>
/// A hash of everything that the log holds up to a place: each commit computes it from the one before and its own id. Two
/// logs with the same value at the same place have the same history up to there, except with a probability of one in two thousand
/// million. It identifies a database that was restored and written on, however far that database has come since.
/// </summary>
/// <param name="Value">From 0, the empty log's, to 2^31 - 2.</param>
public readonly record struct LogChain(long Value)
{
    // (previous * Factor + link) modulo a prime: every engine can compute this in 64 bits, within the statement that takes the
    // positions.
    internal const long Prime = int.MaxValue;
    internal const long Factor = 48_271;
    internal const long FactorInverse = 1_899_818_559;

    /// <summary>The part of a commit's id that is hashed: its end, which is random.</summary>
    public static long LinkOf(Guid commitId)
    {
        Span<byte> bytes = stackalloc byte[16];
        commitId.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) % Prime;
    }

    /// <summary>The chain after this commit.</summary>
    public LogChain After(Guid commitId) => new(((Value * Factor) + LinkOf(commitId)) % Prime);

    /// <summary>The chain before this commit, from the one after it.</summary>
    public LogChain Before(Guid commitId) => new((Value + Prime - LinkOf(commitId)) % Prime * FactorInverse % Prime);
}
