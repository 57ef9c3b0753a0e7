namespace Garm.Cluster.Tests.Support;

/// <summary>The project's own files, which the tests run inside of.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(PathOf(file));

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Garm.slnx"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Garm.slnx is in no folder above the tests"));
}
