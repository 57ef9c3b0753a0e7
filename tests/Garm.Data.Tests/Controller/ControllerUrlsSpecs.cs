using Garm.Data.Controller;
using Xunit;

namespace Garm.Data.Tests.Controller;

/// <summary>The controller's derived URLs, as GARM's source derives them.</summary>
public sealed class ControllerUrlsSpecs
{
    private static readonly Guid Id = Guid.Parse("febc89c6-2c29-4c5a-b2f7-2b0be88d490f");

    [Theory]
    [InlineData("", "ID")]
    [InlineData("https://wh.example.com", "https://wh.example.com/ID")]
    [InlineData("https://wh.example.com/hooks/", "https://wh.example.com/hooks/ID")]
    [InlineData("https://wh.example.com/hooks?key=1", "https://wh.example.com/hooks/ID?key=1")]
    [InlineData("https://wh.example.com/hooks/#part", "https://wh.example.com/hooks/ID#part")]
    public void TheWebhooksAddress_HasTheControllersId_AtItsPathsEnd(string url, string expected) =>
        Assert.Equal(expected.Replace("ID", Id.ToString("D"), StringComparison.Ordinal), ControllerUrls.WebhookOf(url, Id));

    [Theory]
    [InlineData("wss://agent.example.com/a", "https://cb.example.com/cb", "wss://agent.example.com/a")]
    [InlineData("", "", "")]
    [InlineData("", "https://cb.example.com:8443/api/v1/callbacks", "https://cb.example.com:8443")]
    [InlineData("", "https://cb.example.com:443/cb?x=1", "https://cb.example.com:443")]
    [InlineData("", "https://user:secret@CB.example.com/cb", "https://CB.example.com")]
    public void TheAgentsAddress_IsImpliedByTheCallbacks(string agent, string callback, string expected) =>
        Assert.Equal(expected, ControllerUrls.AgentOf(agent, callback));
}
