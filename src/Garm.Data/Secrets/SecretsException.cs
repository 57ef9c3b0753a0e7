namespace Garm.Data.Secrets;

/// <summary>The secrets in the database do not fit this node's passphrases; the message names the setting.</summary>
public sealed class SecretsException(string message) : Exception(message);

/// <summary>Whether the hub starts although some secrets cannot be decrypted.</summary>
/// <param name="AllowUnreadable">True to start nevertheless; otherwise the start fails.</param>
public sealed record SecretsOptions(bool AllowUnreadable = false);
