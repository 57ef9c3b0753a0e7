namespace Garm.Log.Users;

/// <summary>Reads a user's access, always from the database.</summary>
public interface IUserAccessReader
{
    /// <summary>The user's access; null when there is no such user.</summary>
    Task<UserAccess?> ReadAsync(Guid userId, CancellationToken cancellation);
}
