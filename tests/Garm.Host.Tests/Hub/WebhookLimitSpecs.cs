using System.Net;
using System.Net.Http.Headers;

namespace Garm.Host.Tests.Hub;

/// <summary>What a stranger may send to <c>/webhooks</c>: up to 8 MiB.</summary>
public sealed class WebhookLimitSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    private const int Most = 8 * 1024 * 1024;
    private const string TooLarge = "http: request body too large";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ABodyOverTheLimit_ShouldBeRefused_WithOrWithoutItsLengthSaid(bool chunked)
    {
        var (status, text) = await DeliverAsync(Most + 1, chunked);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(TooLarge, text, StringComparison.Ordinal);
        Assert.Equal(200, (await hub.Admin.SendAsync("GET", "/api/v1/jobs")).Status);
    }

    [Fact]
    public async Task ABodyOfJustTheLimit_ShouldBeRead()
    {
        var (status, text) = await DeliverAsync(Most, chunked: false);

        Assert.Equal(HttpStatusCode.BadRequest, status); // It is no job.
        Assert.DoesNotContain(TooLarge, text, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Text)> DeliverAsync(int size, bool chunked)
    {
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks") { Content = new ByteArrayContent(new byte[size]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.Add("X-Github-Event", "workflow_job");
        request.Headers.Add("X-Github-Hook-Installation-Target-Type", "repository");
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
