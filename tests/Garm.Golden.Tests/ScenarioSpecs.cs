using System.Text.Json;
using Garm.Golden.Scenarios;
using static Garm.Golden.Tests.Recordings;

namespace Garm.Golden.Tests;

public sealed class ScenarioSpecs
{
    [Fact]
    public void Recordings_ShouldAllBeThere() => Assert.Equal(44, All.Count);

    [Fact]
    public void UnknownField_ShouldBeRefused()
    {
        const string json = """
            {"scenario":"s","recorded_against":{},"steps":[
              {"request":{"method":"GET","path":"/"},"expect_silence":true}]}
            """;

        Assert.Throws<JsonException>(() => Scenario.Parse(json));
    }

    [Fact]
    public void Body_ShouldTellNullFromMissing()
    {
        const string json = """
            {"scenario":"s","recorded_against":{},"steps":[
              {"request":{"method":"GET","path":"/"},"response":{"status":200,"body":null}},
              {"request":{"method":"GET","path":"/"},"response":{"status":200}}]}
            """;
        var steps = Scenario.Parse(json).Steps;

        Assert.Equal(JsonValueKind.Null, steps[0].Response!.Body.ValueKind);
        Assert.Equal(JsonValueKind.Undefined, steps[1].Response!.Body.ValueKind);
    }

    [Fact]
    public void Variables_ShouldFillTextsKeysAndWholeValues()
    {
        var variables = new Variables();
        variables.Set("id", 7);
        variables.Set("name", "x<y");

        var filled = variables.Fill(Element(
            """{"{{name}}":"{{id}}","text":"no. {{id}} of {{name}}","list":[1,"{{name}}"]}"""));

        Assert.Equal("""{"x<y":7,"text":"no. 7 of x<y","list":[1,"x<y"]}""", Json.ToText(filled));
        Assert.Throws<ScenarioException>(() => variables.Fill("{{nobody}}"));
    }

    [Theory]
    [InlineData("$.id", "7")]
    [InlineData("$.list[1].name", "\"b\"")]
    [InlineData("$.list[?name=b].n", "2")]
    [InlineData("$.list[?deep.er=x].name", "\"a\"")]
    [InlineData("@[0].payload.name", "\"e\"")]
    [InlineData("@[?entity-type=proxy].payload.name", "\"e\"")]
    [InlineData("$.list[9].name", "nothing")]
    [InlineData("$.list[?name=zzz].n", "nothing")]
    [InlineData("$.nobody.name", "nothing")]
    public void CapturePath_ShouldFind(string path, string found)
    {
        var body = Element("""{"id":7,"list":[{"name":"a","n":1,"deep":{"er":"x"}},{"name":"b","n":2}]}""");
        var events = Elements("""{"entity-type":"proxy","payload":{"name":"e"}}""");

        Assert.Equal(found, Json.ToText(CapturePath.Find(path, body, events)));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("$id")]
    [InlineData("$.id.")]
    [InlineData("$.list[?x]")]
    public void CapturePath_ShouldRefuseWhatItCannotRead(string path) =>
        Assert.Throws<ScenarioException>(() => CapturePath.Find(path, Element("""{"id":7}"""), []));
}
