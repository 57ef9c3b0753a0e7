using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Files;

/// <summary>Files over HTTP: long ones, and the headers.</summary>
public sealed class FilesApiSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    [Fact]
    public async Task AFile_LongerThanTheServersUsualLimit_GoesInAndComesOut()
    {
        var content = new byte[40 * 1024 * 1024];
        new Random(1).NextBytes(content);
        using var http = Client();

        using var upload = Upload("long.bin", new ByteArrayContent(content));
        using var made = await http.SendAsync(upload);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.True(made.Headers.Contains("Garm-Cursor"));
        var file = JsonSerializer.Deserialize<JsonElement>(await made.Content.ReadAsStringAsync());
        Assert.Equal(content.Length, file.GetProperty("size").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), file.GetProperty("sha256").GetString());

        var download = await http.GetByteArrayAsync(new Uri($"/api/v1/objects/{file.GetProperty("id").GetInt64()}/download", UriKind.Relative));
        Assert.True(content.AsSpan().SequenceEqual(download));
    }

    [Fact]
    public async Task Head_ShouldTellLengthTypeAndName_AndARangeIsNotHeeded()
    {
        using var http = Client();
        using var upload = Upload("größe \"1\".txt", new StringContent("0123456789"));
        using var made = await http.SendAsync(upload);
        var id = JsonSerializer.Deserialize<JsonElement>(await made.Content.ReadAsStringAsync()).GetProperty("id").GetInt64();

        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/api/v1/objects/{id}/download"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(10, head.Content.Headers.ContentLength);
        Assert.Equal(["nosniff"], head.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal("text/plain; charset=utf-8", head.Content.Headers.ContentType!.ToString());
        Assert.Equal(["attachment; filename=\"größe \\\"1\\\".txt\""], head.Content.Headers.GetValues("Content-Disposition"));
        Assert.False(head.Headers.Contains("Garm-Cursor"));

        using var part = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/objects/{id}/download");
        part.Headers.Range = new RangeHeaderValue(2, 4);
        using var whole = await http.SendAsync(part);
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal("0123456789", await whole.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Head_ShouldNotBeServed_Elsewhere()
    {
        using var http = Client();
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/v1/objects"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, head.StatusCode);
    }

    [Fact]
    public async Task AnUpload_ShouldBeRefused_WithoutItsLength()
    {
        using var http = Client();
        using var upload = Upload("f", new StringContent("x"));
        upload.Headers.TransferEncodingChunked = true;
        using var refused = await http.SendAsync(upload);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("missing Content-Length header in request", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Upload(string name, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/objects") { Content = content };
        request.Headers.TryAddWithoutValidation("X-File-Name", name);
        return request;
    }

    private HttpClient Client()
    {
        var handler = new SocketsHttpHandler
        {
            RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
            ResponseHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
        };
        var http = new HttpClient(handler) { BaseAddress = hub.Host.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", hub.Admin.Token);
        return http;
    }
}
