using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Limits;

/// <summary>Bodies that are too long or invalid: refused with a reason, without a server error.</summary>
public sealed class BodyLimitSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    private const int Limit = 8 * 1024 * 1024;

    /// <summary>More than Kestrel accepts by default.</summary>
    private const int BeyondTheServers = 31_000_000;

    [Theory]
    [InlineData("/webhooks", Limit + 1, false)]
    [InlineData("/webhooks", Limit + 1, true)]
    [InlineData("/webhooks", BeyondTheServers, false)]
    [InlineData("/api/v1/repositories", Limit + 1, false)]
    [InlineData("/api/v1/repositories", BeyondTheServers, false)]
    public async Task ABodyOverTheLimit_IsRefused(string path, int length, bool chunked)
    {
        var (status, text) = await PostAsync(path, new byte[length], chunked);

        Assert.Equal(400, status);
        Assert.Contains(
            path == "/webhooks" ? "invalid post body: http: request body too large" : "at most 8 MiB are accepted", text, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", hub.Host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AWebhooksBody_OfExactlyTheLimit_IsRead(bool chunked)
    {
        var body = Encoding.ASCII.GetBytes(new string(' ', Limit - 2) + "{}");

        var (status, text) = await PostAsync("/webhooks", body, chunked);

        Assert.Equal(400, status);
        Assert.Contains("error parsing job URL", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/webhooks")]
    [InlineData("/api/v1/repositories")]
    public async Task ABodyThatIsNotFramedAsHttpHasIt_IsTheClientsFault(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(hub.Host.BaseUrl.Host, hub.Host.BaseUrl.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nX-Github-Event: workflow_job\r\nAuthorization: Bearer {hub.Admin.Token}\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nnot a length\r\n"));
        using var reader = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 400", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)), StringComparison.Ordinal);
        Assert.DoesNotContain("failed", hub.Host.Output, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Text)> PostAsync(string path, byte[] body, bool chunked)
    {
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked;

        // The refusal may arrive while the body is still being sent; this makes it arrive before.
        request.Headers.ExpectContinue = true;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hub.Admin.Token);
        request.Headers.Add("X-Github-Event", "workflow_job");
        request.Headers.Add("X-Github-Hook-Installation-Target-Type", "repository");
        using var response = await http.SendAsync(request);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
