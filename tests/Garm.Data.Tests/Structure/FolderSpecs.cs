using Garm.TestUtilities.Structure;
using Xunit;

namespace Garm.Data.Tests.Structure;

/// <summary>
/// The folders of <c>Garm.Data</c> refer to each other in one direction. <c>GarmDbContext</c>, <c>WatchedEntities</c> and
/// <c>GarmDataServices</c> are in no folder, because they refer to all.
/// </summary>
public sealed class FolderSpecs
{
    [Fact]
    public void NoFolder_ShouldReferToItself_ByWayOfOthers() => Assert.Empty(ProjectFolders.FindCircles("Garm.Data"));

    [Theory]
    [InlineData("Garm.Data")]
    [InlineData("Garm.Data.Sqlite")]
    [InlineData("Garm.Data.PostgreSql")]
    [InlineData("Garm.Data.SqlServer")]
    public void EachNamespace_ShouldBeThatOfItsFolder(string project) => Assert.Empty(ProjectFolders.FindStrayNamespaces(project));
}
