using Akka.Configuration;
using Garm.Actors.Hosting;

namespace Garm.Actors.Tests.Support;

/// <summary>The project's own <c>hocon</c> folder.</summary>
internal static class HoconFolder
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "hocon");

    /// <summary>What the project's files say, with these lines before them.</summary>
    public static Config With(string first = "") =>
        ConfigurationFactory.ParseString(first).WithFallback(GarmHocon.Load(Path, null, []));
}
