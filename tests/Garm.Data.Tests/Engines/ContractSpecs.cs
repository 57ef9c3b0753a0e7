using System.Reflection;
using Xunit;

namespace Garm.Data.Tests.Engines;

/// <summary>The contract runs on every engine, or is skipped with a reason.</summary>
public sealed class ContractSpecs
{
    private static IReadOnlyList<Type> Contracts { get; } =
        [.. typeof(ContractSpecs).Assembly.GetTypes().Where(x => x.IsAbstract && x
            .GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Any(c => c.GetParameters() is [var only] && only.ParameterType == typeof(TestEngine)))];

    [Fact]
    public void EveryContract_RunsOnEveryEngine()
    {
        Assert.NotEmpty(Contracts);
        Assert.All(Contracts, contract => Assert.Equal(
            ["OnPostgreSql", "OnSqlServer", "OnSqlite"],
            typeof(ContractSpecs).Assembly.GetTypes().Where(x => x.BaseType == contract)
                .Select(x => x.Name[x.Name.LastIndexOf("On", StringComparison.Ordinal)..]).Order(StringComparer.Ordinal)));
    }

    /// <summary>A plain fact would fail without the engine instead of being skipped.</summary>
    [Fact]
    public void EveryTestOfAContract_CanBeSkipped() => Assert.All(
        Contracts.SelectMany(x => x.GetMethods()).Where(x => x.GetCustomAttribute<FactAttribute>() is not null),
        test => Assert.StartsWith("Skippable", test.GetCustomAttribute<FactAttribute>()!.GetType().Name, StringComparison.Ordinal));
}
