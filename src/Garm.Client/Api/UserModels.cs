namespace Garm.Client.Api;

/// <summary>The administrator that the first run creates.</summary>
/// <param name="Username">Letters and digits only.</param>
/// <param name="Email">A mail address.</param>
/// <param name="Password">The server refuses weak passwords.</param>
/// <param name="FullName">Optional.</param>
public sealed record NewUser(string Username, string Email, string Password, string? FullName = null)
{
    /// <summary>Does not contain the password, so that no log contains it by accident.</summary>
    public override string ToString() => $"{nameof(NewUser)} {Username} <{Email}>";
}

/// <summary>A user as the server shows it.</summary>
public sealed record UserInfo(string Id, string Username, string Email, string? FullName, bool Enabled, bool IsAdmin);

internal sealed record LoginRequest(string Username, string Password);

internal sealed record LoginAnswer(string? Token);
