using Garm.Host.Tests;
using Garm.Host.Tests.Golden;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Garm.Host.Tests.LongestFirst", "Garm.Host.Tests")]

namespace Garm.Host.Tests;

/// <summary>
/// Starts the scenarios first: those of a class share a host, so they run one after the other and mostly wait, and other tests can run
/// in parallel with them. The order has no other meaning.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc />
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(x => x.DisplayName.Contains("ScenarioSpecs", StringComparison.Ordinal));
}
