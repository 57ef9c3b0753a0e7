using System.Reflection;

namespace Garm.Contracts;

/// <summary>This build's version, as the controller's JSON shows it.</summary>
public static class GarmVersion
{
    /// <summary>For example <c>v0.1.0</c>.</summary>
    public static string Text { get; } =
        "v" + typeof(GarmVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
