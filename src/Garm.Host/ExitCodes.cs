namespace Garm.Host;

/// <summary>How the process ends.</summary>
internal static class ExitCodes
{
    /// <summary>It was asked to stop, and did.</summary>
    public const int Ok = 0;

    /// <summary>It could not start, or failed.</summary>
    public const int Failed = 1;

    /// <summary>A setting is wrong.</summary>
    public const int WrongSetting = 2;
}

/// <summary>The host cannot start, for a reason that is no setting's: one clear line and exit code 1.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
