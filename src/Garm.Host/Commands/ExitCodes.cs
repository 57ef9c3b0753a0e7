namespace Garm.Host.Commands;

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
