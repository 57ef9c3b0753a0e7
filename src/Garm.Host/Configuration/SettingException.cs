namespace Garm.Host.Configuration;

/// <summary>A setting is wrong: the host does not start, and its exit code is 2.</summary>
internal sealed class SettingException(string key, string wrong, string accepted)
    : Exception($"{key}: {wrong}; accepted: {accepted}");
