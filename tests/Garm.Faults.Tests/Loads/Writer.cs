using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Garm.Faults.Tests.Loads;

/// <summary>
/// Makes proxies, one after the other, each of a name of its own, and goes to the next node when one does not answer. It
/// repeats no write: what was not answered is left as it is.
/// </summary>
internal sealed class Writer(string name, INodes nodes, int startsAt, LoadRecord record)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private int _node = startsAt;
    private int _number;
    private long _sentAt;

    /// <summary>How long the write under way has waited for its answer; zero between two writes.</summary>
    public TimeSpan Waits => Volatile.Read(ref _sentAt) is not 0 and var sent ? Stopwatch.GetElapsedTime(sent) : TimeSpan.Zero;

    /// <summary>Writes until it is told to stop; the write under way is then waited for.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", nodes.Token);
        while (!stop.IsCancellationRequested)
        {
            Volatile.Write(ref _sentAt, Stopwatch.GetTimestamp());
            if (!await WriteAsync(http)) _node++;
            Volatile.Write(ref _sentAt, 0);
            await Task.Delay(Pause, CancellationToken.None); // So that several writers load the hub and do not fill the machine.
        }
    }

    /// <summary>One write; whether it was acknowledged.</summary>
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

            // The hub's own failure leaves open what has become of the write.
            record.Refuse(identity, isMarked);
            if (answer.StatusCode < HttpStatusCode.InternalServerError)
                record.Surprise($"{identity} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            // Never sent, so nobody may ever see it: it stays out of the record.
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            record.LoseAnswer(identity, isMarked);
        }

        return false;
    }
}

/// <summary>Where the nodes are at the moment.</summary>
internal interface INodes
{
    /// <summary>An administrator's token, good on all.</summary>
    string Token { get; }

    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The address of a node, counted round; null while it does not run.</summary>
    Uri? AddressOf(int number);
}
