namespace Garm.TestUtilities.Structure;

/// <summary>Finds the source from which the running tests were built.</summary>
public static class SourceTree
{
    /// <summary>The folder with <c>Garm.slnx</c>.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests run outside of it.</exception>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Garm.slnx"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Garm.slnx is in no folder above the tests"));
}
