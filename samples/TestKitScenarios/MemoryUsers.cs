using Garm.Actors.Sessions;
using Garm.Log.Users;

namespace TestKitScenarios;

/// <summary>One user in memory, and no new tokens.</summary>
public sealed class MemoryUsers : IUserAccessReader, ISessionTokens
{
    public UserAccess Access { get; set; } = new(Guid.NewGuid(), Enabled: true, IsAdmin: true, Generation: 1);

    public Task<UserAccess?> ReadAsync(Guid userId, CancellationToken cancellation) =>
        Task.FromResult(Access.UserId == userId ? Access : null);

    public Task<SessionGrant?> ReadAsync(string token) => Task.FromResult<SessionGrant?>(null);
}
