using Garm.Contracts.Entities;
using Garm.Data.Model;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Users;

/// <summary>The view of a user in the REST API and in events.</summary>
internal static class UserViews
{
    /// <summary>The user.</summary>
    public static UserView ToView(this User user) => new()
    {
        Id = user.Id.ToString("D"),
        CreatedAt = user.CreatedAt,
        UpdatedAt = user.UpdatedAt,
        Email = OrNull(user.Email),
        Username = OrNull(user.Username),
        FullName = OrNull(user.FullName),
        Enabled = user.Enabled,
        IsAdmin = user.IsAdmin,
    };
}
