namespace Garm.Host.Lifetime;

/// <summary>The hub cannot start, and not because of a setting. The program prints the message as one line and exits with 1.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
