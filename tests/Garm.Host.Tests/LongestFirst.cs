using Garm.Host.Tests;
using Garm.Host.Tests.Golden;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Garm.Host.Tests.LongestFirst", "Garm.Host.Tests")]

namespace Garm.Host.Tests;

/// <summary>
/// The scenarios begin first: they share a host, so they run one after the other and mostly wait, and at the end nothing else
/// would be left to run beside them. The order means nothing to the tests.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc />
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(x => x.DisplayName == GoldenHostCollection.Name);
}
