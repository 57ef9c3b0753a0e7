namespace Garm.Host.Tests.Hub;

/// <summary>What many tests need to begin with.</summary>
internal static class HubEntities
{
    /// <summary>Makes a repository, with credentials of the same name; its id.</summary>
    public static async Task<string> MakeRepositoryAsync(this HubClient admin, string name)
    {
        await MakeAsync(
            admin, "/github/credentials", new { name, endpoint = "github.com", auth_type = "pat", pat = new { oauth2_token = "t" } });
        return await MakeAsync(admin, "/repositories", new { owner = "o", name, credentials_name = name, webhook_secret = "s" });
    }

    /// <summary>Makes a pool of up to five runners in a repository of its own; its id.</summary>
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
