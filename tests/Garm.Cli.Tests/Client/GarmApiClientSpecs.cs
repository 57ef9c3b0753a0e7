using System.Net;
using Garm.Cli.Tests.Support;
using Garm.Client;
using Garm.Client.Api;

namespace Garm.Cli.Tests.Client;

public sealed class GarmApiClientSpecs
{
    private static readonly NewUser Admin = new("admin", "admin@example.com", FakeHub.Password);

    [Fact]
    public async Task Client_ShouldSetUpAServer()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);
        using var anonymous = new GarmApiClient(hub.Address);

        var user = await anonymous.FirstRunAsync(Admin);
        var token = await anonymous.LoginAsync(Admin.Username, Admin.Password);
        using var api = new GarmApiClient(hub.Address, token);
        var updated = await api.UpdateControllerAsync(new ControllerUpdate(WebhookUrl: "http://hub/webhooks"));
        var read = await api.GetControllerAsync();

        Assert.True(user is { Username: "admin", Enabled: true, IsAdmin: true });
        Assert.Equal("http://hub/webhooks", updated.WebhookUrl);
        Assert.Equal(updated, read);

        // A null value must not be sent: the server would take it for a new value.
        Assert.Equal("""{"webhook_url":"http://hub/webhooks"}""", hub.Received["/api/v1/controller"]!.ToJsonString());
    }

    [Fact]
    public async Task Client_ShouldTellStatusErrorAndDetails()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);
        using var api = new GarmApiClient(hub.Address);

        var refusal = await Assert.ThrowsAsync<GarmApiException>(() => api.FirstRunAsync(Admin with { Password = "1" }));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.Status);
        Assert.Equal("Bad Request", refusal.Error);
        Assert.Equal("password is too weak", refusal.Details);
    }

    [Fact]
    public async Task Client_ShouldKeepThePathOfTheBaseUrl()
    {
        await using var hub = await FakeHub.StartAsync();
        using var api = new GarmApiClient(new Uri(hub.Address, "behind/a/proxy"));

        var refusal = await Assert.ThrowsAsync<GarmApiException>(() => api.GetControllerAsync());

        Assert.Equal(HttpStatusCode.NotFound, refusal.Status);
    }

    [Theory]
    [InlineData("Unauthorized\n", "Unauthorized")]
    [InlineData("<html>busy</html>", "BadGateway")]
    [InlineData("", "BadGateway")]
    [InlineData("{\"error\": 5}", "{\"error\": 5}")]
    public void Error_ShouldBeReadable_WhenTheBodyIsNotGarms(string body, string error) =>
        Assert.Equal(new ApiError(HttpStatusCode.BadGateway, error, ""), ApiError.Parse(HttpStatusCode.BadGateway, body));

    [Theory]
    [InlineData("http://h:1/", "http://h:1/api/v1/controller", "ws://h:1/api/v1/ws/events")]
    [InlineData("https://h/garm", "https://h/garm/api/v1/controller", "wss://h/garm/api/v1/ws/events")]
    public void Address_ShouldLeadToRestAndSocket(string url, string rest, string socket)
    {
        Assert.True(HubAddress.TryParse(url, out var address));
        Assert.Equal(rest, HubAddress.Rest(address, "controller").AbsoluteUri);
        Assert.Equal(socket, HubAddress.EventSocket(address).AbsoluteUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hub:9997")]
    [InlineData("/path")]
    [InlineData("ftp://hub")]
    [InlineData("http://hub/?a=b")]
    public void Address_ShouldBeHttp(string? url) => Assert.False(HubAddress.TryParse(url, out _));
}
