using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Garm.Faults.Tests.Loads;

/// <summary>
/// Creates proxies with different names, one after the other, and switches to the next node when one does not answer. It
/// repeats no write: the outcome of an unanswered write stays unknown.
/// </summary>
internal sealed class Writer(string name, INodes nodes, int startsAt, LoadRecord record)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private int _node = startsAt;
    private int _number;
    private long _sentAt;

    /// <summary>How long the current write has waited for its answer; zero between two writes.</summary>
    public TimeSpan Waits => Volatile.Read(ref _sentAt) is not 0 and var sent ? Stopwatch.GetElapsedTime(sent) : TimeSpan.Zero;

    /// <summary>Writes until it is stopped; then waits for the current write.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", nodes.Token);
        while (!stop.IsCancellationRequested)
        {
            Volatile.Write(ref _sentAt, Stopwatch.GetTimestamp());
            if (!await WriteAsync(http)) _node++;
            Volatile.Write(ref _sentAt, 0);
            await Task.Delay(Pause, CancellationToken.None); // Several writers load the hub without saturating the machine.
        }
    }

    /// <summary>Makes one write; returns whether it was acknowledged.</summary>
    private async Task<bool> WriteAsync(HttpClient http)
    {
        if (nodes.AddressOf(_node) is not { } address) return false;
        var number = _number++;
        var (identity, isMarked) = ($"{name}-{number}", number % 4 == 0);
        var body = new { name = identity, http_proxy = isMarked ? Subscriber.Mark : "http://plain.example.com" };
        try
        {
            using var answer = await http.PostAsJsonAsync(new Uri(address, "/api/v1/proxies"), body);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var cursor = answer.Headers.TryGetValues("Garm-Cursor", out var values) ? values.Single() : "";
                record.Acknowledge(identity, cursor, isMarked);
                return true;
            }

            // After a server error the outcome of the write is unknown.
            record.Refuse(identity, isMarked);
            if (answer.StatusCode < HttpStatusCode.InternalServerError)
                record.Surprise($"{identity} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            // It was never sent, so no one may see it: it is not recorded.
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            record.LoseAnswer(identity, isMarked);
        }

        return false;
    }
}

/// <summary>The current addresses of the nodes.</summary>
internal interface INodes
{
    /// <summary>An administrator's token, valid on all nodes.</summary>
    string Token { get; }

    /// <summary>The number of nodes.</summary>
    int Count { get; }

    /// <summary>The address of a node, by its number modulo the count; null while it does not run.</summary>
    Uri? AddressOf(int number);
}
