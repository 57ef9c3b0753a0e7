using Garm.Log.Users;

namespace Garm.Actors.Tests.Support;

/// <summary>One user in memory; the read fails on command.</summary>
internal sealed class FailableUserAccess : IUserAccessReader
{
    private int _reads;

    public UserAccess? Access { get; set; }

    public bool Fails { get; set; }

    /// <summary>Reads begin and do not end.</summary>
    public bool Hangs { get; set; }

    public int Reads => Volatile.Read(ref _reads);

    public async Task<UserAccess?> ReadAsync(Guid userId, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _reads);
        await Task.Yield();
        if (Hangs) await new TaskCompletionSource().Task;
        if (Fails) throw new InvalidOperationException("The users fail on command.");
        return Access?.UserId == userId ? Access : null;
    }
}
