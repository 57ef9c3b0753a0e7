namespace Garm.Host.Tests.Hub;

/// <summary>Entities that many tests need.</summary>
internal static class HubEntities
{
    /// <summary>Creates a repository, with credentials of the same name; returns its id.</summary>
    public static async Task<string> MakeRepositoryAsync(this HubClient admin, string name)
    {
        await MakeAsync(
            admin, "/github/credentials", new { name, endpoint = "github.com", auth_type = "pat", pat = new { oauth2_token = "t" } });
        return await MakeAsync(admin, "/repositories", new { owner = "o", name, credentials_name = name, webhook_secret = "s" });
    }

    /// <summary>Creates a pool of up to five runners in a new repository; returns its id.</summary>
    public static async Task<string> MakePoolAsync(this HubClient admin, string name)
    {
        var repository = await admin.MakeRepositoryAsync(name);
        return await MakeAsync(admin, $"/repositories/{repository}/pools", new
        {
            provider_name = "fake",
            max_runners = 5,
            image = "i",
            flavor = "f",
            os_type = "linux",
            os_arch = "amd64",
            tags = new[] { "x" },
        });
    }

    private static async Task<string> MakeAsync(HubClient admin, string path, object body)
    {
        var answer = await admin.SendAsync("POST", $"/api/v1{path}", body);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.GetProperty("id").ToString();
    }
}
