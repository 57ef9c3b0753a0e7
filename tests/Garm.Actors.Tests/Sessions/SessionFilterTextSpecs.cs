using System.Text;
using Garm.Actors.Sessions;

namespace Garm.Actors.Tests.Sessions;

public sealed class SessionFilterTextSpecs
{
    [Theory]
    [InlineData("""{"send-everything":true}""", """{"send-everything":true}""")]
    [InlineData("""{ "Send_Everything" : true, "cursor":"now", "heartbeat-seconds":3 }""", """{"Send_Everything":true}""")]
    [InlineData("""{"token":"secret","send-everything":true,"source":["a",""],"password":"secret"}""", """{"send-everything":true,"source":["a",""]}""")]
    [InlineData(
        """{"TOKEN":"secret","filters":[{"entity-type":"pool","match":{"id":"☃"},"token":"secret"},{"entity_type":"job","operations":["create"],"source":"x"}]}""",
        """{"filters":[{"entity-type":"pool","match":{"id":"☃"}},{"entity_type":"job","operations":["create"],"source":"x"}]}""")]
    [InlineData("""{"send-everything":true,"filters":null}""", """{"send-everything":true,"filters":null}""")]
    [InlineData("""{"send-everything":true,"filters":[null]}""", """{"send-everything":true,"filters":[null]}""")]
    public void OnlyTheFilter_ShouldBeShown(string message, string filter)
    {
        var text = SessionFilterText.Of(Encoding.UTF8.GetBytes(message));

        Assert.Equal(filter, Encoding.UTF8.GetString(text.Json.Span));
        Assert.Equal(Encoding.UTF8.GetByteCount(filter), text.Length);
    }

    [Fact]
    public void ALongFilter_ShouldNotBeKept_ButItsLength()
    {
        var most = SessionFilterText.Of(Message(SessionFilterText.MaxBytes));
        var more = SessionFilterText.Of(Message(SessionFilterText.MaxBytes + 1));

        Assert.Equal(SessionFilterText.MaxBytes, most.Json.Length);
        Assert.Equal((0, SessionFilterText.MaxBytes + 1), (more.Json.Length, more.Length));
    }

    private static byte[] Message(int length)
    {
        const string Frame = """{"filters":[{"entity-type":"pool","match":{"id":""}}]}""";
        return Encoding.UTF8.GetBytes(Frame.Replace("\"\"", $"\"{new string('x', length - Frame.Length)}\"", StringComparison.Ordinal));
    }
}
