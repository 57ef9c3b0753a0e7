using Garm.TestUtilities.Structure;

namespace Garm.Actors.Tests.Hosting;

/// <summary>The folders of <c>Garm.Actors</c> and <c>Garm.Log</c> refer to each other in one direction.</summary>
public sealed class FolderSpecs
{
    [Theory]
    [InlineData("Garm.Actors")]
    [InlineData("Garm.Log")]
    public void NoFolder_ShouldReferToItself_ByWayOfOthers(string project) => Assert.Empty(ProjectFolders.FindCircles(project));

    [Theory]
    [InlineData("Garm.Actors")]
    [InlineData("Garm.Log")]
    public void EachNamespace_ShouldBeThatOfItsFolder(string project) => Assert.Empty(ProjectFolders.FindStrayNamespaces(project));
}
