using System.Text.RegularExpressions;
using Garm.Host.Tests.Description;

namespace Garm.Host.Tests.Compatibility;

/// <summary>
/// Compares GARM's routes (<c>garm-routes.txt</c>, from its API description and router; <c>{}</c> is a parameter) with the
/// hub's: each is served, or is listed with its reason in <c>docs/differences-from-garm.md</c>.
/// </summary>
public sealed partial class GarmRoutesSpecs
{
    private const string Heading = "## Routes of GARM that the hub does not have";

    private static readonly string[] Routes = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "garm-routes.txt"));

    private static readonly HashSet<string> Served =
        [.. MappedRoutes.All().Select(x => Parameter().Replace(x.Replace("/api/v1", "", StringComparison.Ordinal), "{}"))];

    public static TheoryData<string> Missing => [.. Routes.Where(x => !Served.Contains(x))];

    [Theory]
    [MemberData(nameof(Missing))]
    public void ARouteOfGarms_IsServed_OrNamedInTheDocument(string route) => Assert.Contains(route, Named());

    [Fact]
    public void WhatTheDocumentNames_IsNotServed_AndGarmHasIt() =>
        Assert.All(Named(), x => Assert.True(Routes.Contains(x) && !Served.Contains(x), x));

    [Fact]
    public void NearlyAllRoutes_AreServed() => Assert.InRange(Routes.Count(Served.Contains), 110, Routes.Length);

    private static HashSet<string> Named()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "differences-from-garm.md"));
        var start = text.IndexOf(Heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"the document has no section \"{Heading}\"");
        var end = text.IndexOf("\n## ", start + Heading.Length, StringComparison.Ordinal);
        return [.. RouteName().Matches(text[start..(end < 0 ? text.Length : end)]).Select(x => x.Groups[1].Value)];
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("`((?:GET|POST|PUT|DELETE|HEAD) /[^`]*)`")]
    private static partial Regex RouteName();
}
