using Garm.TestUtilities.Structure;

namespace Garm.Host.Tests.Structure;

/// <summary>The folders of a project refer to each other in one direction, and a folder's name is the subject of its files.</summary>
public sealed class FolderSpecs
{
    [Theory]
    [InlineData("Garm.Host")]
    [InlineData("Garm.Contracts")]
    [InlineData("Garm.Client")]
    [InlineData("Garm.Cli")]
    [InlineData("Garm.WebConsole")]
    public void NoFolder_ShouldReferToItself_ByWayOfOthers(string project) => Assert.Empty(ProjectFolders.FindCircles(project));

    [Theory]
    [InlineData("Garm.Host")]
    [InlineData("Garm.Contracts")]
    [InlineData("Garm.Client")]
    [InlineData("Garm.Cli")]
    [InlineData("Garm.WebSockets")]
    [InlineData("Garm.WebConsole")]
    public void EachNamespace_ShouldBeThatOfItsFolder(string project) => Assert.Empty(ProjectFolders.FindStrayNamespaces(project));

    /// <summary>The composition root may refer to every folder, so no other file may be beside it.</summary>
    [Fact]
    public void BesideTheFoldersOfTheHost_ShouldBeWhatPutsThemTogether() => Assert.Equal(
        ["AssemblyInfo.cs", "DatabaseStart.cs", "GarmApplication.cs", "Program.cs"],
        Directory.GetFiles(Path.Combine(SourceTree.Root, "src", "Garm.Host"), "*.cs").Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
