using Garm.Host.Tests.Hub;
using Garm.Log;

namespace Garm.Host.Tests.Users;

/// <summary><c>/api/v1/users</c>, which GARM does not have.</summary>
public sealed class UsersApiSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    [Fact]
    public async Task AUser_IsMade_Read_Changed_AndDeleted()
    {
        var made = await hub.Admin.SendAsync(
            "POST", "/api/v1/users", new { username = "life", email = "life@example.com", full_name = "A Life", password = HubClient.Password });
        Assert.Equal(200, made.Status);
        var id = made.Json.GetProperty("id").GetString();
        Assert.True(made.Json.GetProperty("enabled").GetBoolean());
        Assert.False(made.Json.GetProperty("is_admin").GetBoolean());
        Assert.DoesNotContain("password", made.Text, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(made.Text, (await hub.Admin.SendAsync("GET", $"/api/v1/users/{id}")).Text);
        Assert.Contains(
            id, (await hub.Admin.SendAsync("GET", "/api/v1/users")).Json.EnumerateArray().Select(x => x.GetProperty("id").GetString()));

        var changed = await hub.Admin.SendAsync("PUT", $"/api/v1/users/{id}", new { email = "other@example.com", is_admin = true });
        Assert.Equal("other@example.com", changed.Json.GetProperty("email").GetString());
        Assert.True(changed.Json.GetProperty("is_admin").GetBoolean());

        Assert.Equal(200, (await hub.Admin.SendAsync("DELETE", $"/api/v1/users/{id}")).Status);
        Assert.Equal(404, (await hub.Admin.SendAsync("GET", $"/api/v1/users/{id}")).Status);
        Assert.Equal(404, (await hub.Admin.SendAsync("DELETE", $"/api/v1/users/{id}")).Status);
    }

    [Theory]
    [InlineData("PUT", """{"enabled":false}""")]
    [InlineData("PUT", """{"is_admin":false}""")]
    [InlineData("DELETE", null)]
    public async Task TheLastEnabledAdministrator_Stays(string method, string? body)
    {
        // On a separate hub, because other tests create administrators.
        var own = new InitialisedHub();
        await own.InitializeAsync();
        try
        {
            var id = (await own.Admin.SendAsync("GET", "/api/v1/users")).Json[0].GetProperty("id").GetString();

            var refusal = await own.Admin.SendAsync(
                method, $"/api/v1/users/{id}", body is null ? null : System.Text.Json.JsonSerializer.Deserialize<object>(body));

            Assert.Equal(409, refusal.Status);
            Assert.Contains("last enabled administrator", refusal.Text, StringComparison.Ordinal);
            Assert.Equal(200, (await own.Admin.SendAsync("GET", "/api/v1/proxies")).Status);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("""{"username":"x"}""", "missing username or email")]
    [InlineData("""{"username":"x","email":"nowhere"}""", "invalid email address")]
    [InlineData("""{"username":"x y","email":"x@example.com"}""", "invalid username")]
    [InlineData("""{"username":"x","email":"x@example.com","password":"password1"}""", "password is too weak")]
    [InlineData("""{"username":5}""", "invalid request")]
    public async Task ABadUser_IsRefused_WithTheReason(string body, string details)
    {
        var refusal = await hub.Admin.SendAsync("POST", "/api/v1/users", System.Text.Json.JsonSerializer.Deserialize<object>(body));

        Assert.Equal(400, refusal.Status);
        Assert.Equal(details, refusal.Json.GetProperty("details").GetString());
    }

    [Fact]
    public async Task ATakenName_IsRefused_WithoutRegardToCase()
    {
        var refusal = await hub.Admin.SendAsync(
            "POST", "/api/v1/users", new { username = "ADMIN", email = "new@example.com", password = HubClient.Password });

        Assert.Equal(409, refusal.Status);
    }

    [Fact]
    public async Task AnIdThatIsNone_IsRefused() =>
        Assert.Equal(400, (await hub.Admin.SendAsync("GET", "/api/v1/users/abc")).Status);

    [Fact]
    public async Task AWrite_TellsItsCursor_AndAReadDoesNot()
    {
        var write = await hub.Admin.SendAsync("POST", "/api/v1/proxies", new { name = "cursor", http_proxy = "http://p.example.com" });
        var nothing = await hub.Admin.SendAsync("PUT", $"/api/v1/proxies/{write.Json.GetProperty("id")}", new { });
        var read = await hub.Admin.SendAsync("GET", "/api/v1/proxies");

        Assert.True(EventCursor.TryDecode(write.Cursor!, out var place));
        Assert.True(EventCursor.TryDecode(nothing.Cursor!, out var later));
        Assert.Equal(place.Epoch, later.Epoch);
        Assert.True(later.Position >= place.Position);
        Assert.Null(read.Cursor);
    }
}
