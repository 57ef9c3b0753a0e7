using Garm.Client;
using Garm.Client.Api;
using Garm.Client.Caches;
using Garm.Client.Events;

namespace Garm.Cli.Tests.Client;

/// <summary>Users copy code from the readme of the package <c>Garm.Client</c>, so it must compile.</summary>
public sealed class PackageReadmeSpecs
{
    [Fact]
    public void TheReadme_ShouldShowOnlyCodeThatCompiles()
    {
        var compiled = Lines(Path.Combine("Client", "PackageReadmeSpecs.cs")).Select(x => x.Trim());
        var shown = Lines("Garm.Client.md").Where(x => x.StartsWith("    ", StringComparison.Ordinal)).Select(x => x.Trim()).ToList();

        Assert.NotEmpty(shown);
        Assert.Empty(shown.Except(compiled));
    }

    [Fact]
    public void ThePackages_ShouldNameNoFolderOfTheMachine_ThatReleasedThem()
    {
        foreach (var assembly in new[] { typeof(GarmEventFeed).Assembly, typeof(Contracts.Events.EventOptions).Assembly })
        {
            var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(assembly.Location));
            var symbols = text.LastIndexOf(".pdb", StringComparison.Ordinal);
            var path = text[(text.LastIndexOf('\0', symbols) + 1)..symbols];
#if !DEBUG
            Assert.StartsWith("/_/", path, StringComparison.Ordinal);
#endif
            Assert.EndsWith(assembly.GetName().Name!, path, StringComparison.Ordinal);
        }
    }

    // Not run: what the readme shows.
    internal static async Task SampleAsync(string password, CancellationToken cancellation)
    {
        if (!HubAddress.TryParse("http://127.0.0.1:9997", out var hub)) return;
        using var api = new GarmApiClient(hub);

        // The cursor of the last event that was worked off. Keep it with what you make of the events.
        var cursor = File.Exists("cursor") ? await File.ReadAllTextAsync("cursor") : "earliest";
        var feed = new GarmEventFeed(new EventFeedOptions
        {
            Addresses = [hub],
            Token = (fresh, cancellation) => api.LoginAsync("admin", password, cancellation),
            Message = """{"filters":[{"entity-type":"instance","match":{"status":["running","error"]}}]}""",
            Cursor = cursor,
        });

        await foreach (var item in feed.ReadAsync(cancellation))
        {
            Console.WriteLine($"{item.Event.Operation} {item.Event.Payload.GetProperty("name")}");
            await File.WriteAllTextAsync("cursor", item.Cursor, cancellation);
        }

        Console.WriteLine(feed.End!.Message);

        var cache = new GarmCache(new EventFeedOptions
        {
            Addresses = [hub],
            Token = (fresh, cancellation) => api.LoginAsync("admin", password, cancellation),
            Message = """{"filters":[{"entity-type":"instance"},{"entity-type":"job","match":{"status":"queued"}}]}""",
        });
        cache.AddIndex("pool", x => x.Payload.TryGetProperty("pool_id", out var pool) ? [pool.GetString()!] : []);

        await foreach (var change in cache.RunAsync(cancellation))
            Console.WriteLine($"{change.Kind} {change.Entity.Key}: {cache.All("job").Length} queued jobs");
    }

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, file));
}
