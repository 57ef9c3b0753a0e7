using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Lists;

/// <summary>Lists equal GARM's without parameters, and are filtered with them; unknown filters of other lists are refused.</summary>
public sealed class ListQuerySpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    [Theory]
    [InlineData("/jobs")]
    [InlineData("/instances")]
    [InlineData("/pools/0b6a3b0e-7a3e-4c53-9d5f-0f4f4d8f5a51/instances")]
    [InlineData("/scalesets/9/instances")]
    public async Task AnEmptyList_IsGarms(string path)
    {
        foreach (var query in new[] { "", "?limit=3", "?status=", "?unheard=of" })
        {
            var answer = await hub.Admin.SendAsync("GET", $"/api/v1{path}{query}");
            Assert.Equal((200, "[]\n"), (answer.Status, answer.Text));
        }
    }

    [Theory]
    [InlineData("/jobs?status=waiting", "queued, in_progress, completed")]
    [InlineData("/jobs?status=queued,waiting", "queued, in_progress, completed")]
    [InlineData("/jobs?limit=0", "a whole number from 1 to 100000")]
    [InlineData("/jobs?limit=1&limit=2", "a whole number from 1 to 100000")]
    [InlineData("/jobs?limit=-1", "a whole number from 1 to 100000")]
    [InlineData("/jobs?after=x", "a whole number")]
    [InlineData("/jobs?repo_id=x", "a UUID")]
    [InlineData("/jobs?scale_set_id=x", "a whole number")]
    [InlineData("/jobs?pool_id=0b6a3b0e-7a3e-4c53-9d5f-0f4f4d8f5a51", "not a filter of this list; accepted are limit, after, status")]
    [InlineData("/instances?status=busy", "pending_create, creating, running")]
    [InlineData("/instances?runner_status=busy", "pending, installing, idle")]
    [InlineData("/instances?after=7", "a UUID")]
    [InlineData("/instances?pool_id=7", "a UUID")]
    [InlineData("/pools/0b6a3b0e-7a3e-4c53-9d5f-0f4f4d8f5a51/instances?repo_id=0b6a3b0e-7a3e-4c53-9d5f-0f4f4d8f5a51", "not a filter of this list")]
    [InlineData("/scalesets/9/instances?status=busy", "pending_create, creating, running")]
    public async Task ABadValue_IsRefused_WithWhatIsAccepted(string path, string accepted)
    {
        var answer = await hub.Admin.SendAsync("GET", $"/api/v1{path}");

        Assert.Equal(400, answer.Status);
        Assert.Contains(accepted, answer.Text, StringComparison.Ordinal);
    }
}
