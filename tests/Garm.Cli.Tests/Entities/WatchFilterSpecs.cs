using System.Text;
using Garm.Cli.Entities;
using Garm.Contracts.Events;

namespace Garm.Cli.Tests.Entities;

public sealed class WatchFilterSpecs
{
    [Theory]
    [InlineData("status=running", "running", "\"status\":[\"running\"]")]
    [InlineData("enabled=false", "a boolean", "\"enabled\":[false]")]
    [InlineData("max_runners=5", "a number", "\"max_runners\":[5]")]
    [InlineData("name=\"5\"", "text in quotes", "\"name\":[\"5\"]")]
    [InlineData("image=a=b", "an equals sign", "\"image\":[\"a=b\"]")]
    [InlineData("image=", "nothing", "\"image\":[\"\"]")]
    [InlineData("image=[x]", "a list, which is text", "\"image\":[\"[x]\"]")]
    public void Value_ShouldHaveItsType(string match, string what, string expected)
    {
        var message = WatchFilter.Message("pool", [match], []);

        Assert.True(message.Contains(expected, StringComparison.Ordinal), $"{what}: {message}");
        Assert.Equal(EventOptionsOutcome.Accepted, EventOptionsReader.Read(Encoding.UTF8.GetBytes(message), out _));
    }
}
