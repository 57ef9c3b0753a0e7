using Bunit;
using Garm.WebConsole.Fleet;
using Garm.WebConsole.History;
using Garm.WebConsole.Parts;

namespace Garm.WebConsole.Tests.Components;

/// <summary>Names come from whoever names a runner or a job: they are shown as text, whatever they look like.</summary>
public sealed class MarkupSpecs : BunitContext
{
    private const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    [Fact]
    public void ARunnersName_AndAPools_IsText()
    {
        var row = new GroupRow(new GroupKey(false, new FleetKey(Markup, "1")), Markup, Markup, Markup, true, 1, 2, [Markup]);
        var line = Render<GroupLine>(x => x
            .Add(p => p.Group, new GroupSummary(row, new int[6])).Add(p => p.HasSources, true));

        Assert.Empty(line.FindAll("img, script"));
        Assert.Equal(Markup, line.Find("button").TextContent);
    }

    [Fact]
    public void WhatAnUpdateChanged_IsText()
    {
        var table = Render<DifferenceTable>(x => x.Add(p => p.Differences, [new Difference("name", Markup, Markup)]));

        Assert.Empty(table.FindAll("img, script"));
        Assert.Equal([Markup, Markup], table.FindAll("td").Select(x => x.TextContent));
    }

    [Fact]
    public void AFigure_AndABadge_AreText()
    {
        Assert.Empty(Render<Figure>(x => x.Add(p => p.Name, Markup).Add(p => p.Value, Markup)).FindAll("img, script"));
        Assert.Empty(Render<StateBadge>(x => x.Add(p => p.Text, Markup)).FindAll("img, script"));
    }

    /// <summary>The one way past the encoding is not used anywhere in the console.</summary>
    [Fact]
    public void NoPage_RendersTextAsMarkup() => Assert.DoesNotContain(
        Directory.EnumerateFiles(Path.Combine(TestUtilities.Structure.SourceTree.Root, "src", "Garm.WebConsole"), "*.*", SearchOption.AllDirectories)
            .Where(x => x.EndsWith(".razor", StringComparison.Ordinal) || x.EndsWith(".cs", StringComparison.Ordinal))
            .Where(x => !x.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)),
        x => File.ReadAllText(x).Contains("MarkupString", StringComparison.Ordinal) || File.ReadAllText(x).Contains("AddMarkupContent", StringComparison.Ordinal));
}
