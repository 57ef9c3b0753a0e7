namespace Garm.Data.Secrets;

/// <summary>The secrets in the database do not fit this node's passphrases; the message names the setting.</summary>
public sealed class SecretsException(string message) : Exception(message);

/// <summary>Whether a start accepts secrets that it cannot read.</summary>
/// <param name="AllowUnreadable">Whether secrets that no known passphrase opens are given up; otherwise the start is refused.</param>
public sealed record SecretsOptions(bool AllowUnreadable = false);
