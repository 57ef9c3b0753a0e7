using Garm.Cli.Terminal;

namespace Garm.Cli.Tests.Terminal;

public sealed class TextTableSpecs
{
    [Fact]
    public void Rows_ShouldLineUp_AndLaterOnesWidenTheirColumn()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var table = new TextTable(["NAME", "ID"]);
        table.Add(["a", "1"]);
        table.WriteTo(output);
        table.Add(["much longer", ""]);
        table.Add(["b", "2"]);
        table.WriteTo(output);

        Assert.Equal("NAME  ID\na     1\nmuch longer  -\nb            2\n", output.ToString());
    }

    [Fact]
    public void Row_ShouldHaveACellForEachColumn() => Assert.Throws<ArgumentException>(() => new TextTable(["NAME", "ID"]).Add(["a"]));
}
