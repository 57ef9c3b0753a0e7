using System.Diagnostics;
using System.Text;

namespace Garm.Bench.Load;

/// <summary>One run: connect, settle, write, wait until everything has come or nothing more comes.</summary>
internal sealed class LoadRun
{
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(30);

    private readonly LoadOptions _options;
    private readonly ServerProcess _server;
    private readonly Reading _reading;
    private readonly ReadableSockets _readable;
    private readonly List<Subscriber> _subscribers = [];
    private readonly List<Writer> _writers = [];

    public LoadRun(LoadOptions options)
    {
        (_options, _server) = (options, new ServerProcess(options.Pid));
        _reading = new Reading(new Ledger(options));
        _readable = new ReadableSockets(_reading);
    }

    private Ledger Ledger => _reading.Ledger;

    /// <summary>Does it; the report has JSON's names.</summary>
    public Dictionary<string, object> Run()
    {
        var residentBefore = _server.ResidentKiB;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < _options.Connections; i++) Open(i);
        var connected = Stopwatch.GetElapsedTime(began);
        WaitUntilReady();
        Thread.Sleep(_options.SettleMilliseconds);

        var residentConnected = _server.ResidentKiB;
        var cpuBefore = _server.CpuSeconds;
        var started = Stopwatch.GetTimestamp();
        var threads = StartWriters();
        if (threads.Count == 0) Thread.Sleep(TimeSpan.FromSeconds(_options.IdleSeconds));
        else WaitForDeliveries(threads, () => Ledger.Delivered, _options.Expected);
        var cpu = _server.CpuSeconds - cpuBefore;
        var residentEnd = _server.ResidentKiB;

        // Where nobody is to get anything, it is over when the writers are through.
        var ended = _options.Expected == 0 ? Stopwatch.GetTimestamp() : Math.Max(started, Ledger.LastArrival);
        var span = Math.Max(Stopwatch.GetElapsedTime(started, ended).TotalSeconds, 1e-9);
        WakeStalled();

        var report = Report(began, connected, span, cpu, residentBefore, residentConnected, residentEnd);
        lock (_reading.Gate) _reading.IsOver = true;
        foreach (var subscriber in _subscribers) subscriber.Dispose();
        return report;
    }

    private void Open(int number)
    {
        var socket = WebSocketBytes.Connect(_options.Port, number);
        var stalled = number < _options.Stalled;

        // So that little is taken off the server's hands. Much less, and the system takes up a window that was closed for long
        // only seconds after it has opened again.
        if (stalled) socket.ReceiveBufferSize = 128 * 1024;
        var rest = WebSocketBytes.Handshake(socket, _options.Port, _options.Path, _options.Headers);
        var messages = number < _options.First ? [_options.FirstSubscribe] : _options.Subscribes;
        foreach (var message in messages)
        {
            var text = message.Replace("{N}", $"{number}", StringComparison.Ordinal).Replace("\\r\\n", "\r\n", StringComparison.Ordinal);
            socket.Send(WebSocketBytes.Frame(
                _options.NatsSubscribers ? WebSocketBytes.Binary : WebSocketBytes.Text, Encoding.UTF8.GetBytes(text)));
        }

        var subscriber = new Subscriber(socket, rest, _options, _reading, stalled);
        _subscribers.Add(subscriber);
        if (!stalled) _readable.Watch(subscriber);
    }

    private void WaitUntilReady()
    {
        if (_options.WaitFor.Length == 0) return;
        var since = Stopwatch.GetTimestamp();
        while (Ledger.Ready < _options.Connections - _options.Stalled && Stopwatch.GetElapsedTime(since) < GiveUp) Thread.Sleep(5);
    }

    private List<Thread> StartWriters()
    {
        var count = _options.Mode == WriterMode.None ? 0 : _options.Writers;
        _writers.AddRange(Enumerable.Range(0, count).Select(i => new Writer(_options, i)));
        var threads = _writers.ConvertAll(writer => new Thread(writer.Run) { IsBackground = true });
        threads.ForEach(x => x.Start());
        return threads;
    }

    private void WaitForDeliveries(List<Thread> writers, Func<long> delivered, long expected)
    {
        var (last, progress) = (-1L, Stopwatch.GetTimestamp());
        while (true)
        {
            Thread.Sleep(2);
            var now = delivered();
            if (now != last) (last, progress) = (now, Stopwatch.GetTimestamp());
            var writing = writers.Exists(x => x.IsAlive);
            if (now >= expected && !writing) return;
            var quiet = Stopwatch.GetElapsedTime(progress);
            if (quiet > GiveUp || (!writing && quiet > TimeSpan.FromMilliseconds(_options.QuietMilliseconds))) return;
        }
    }

    private void WakeStalled()
    {
        if (_options.Stalled == 0) return;
        foreach (var subscriber in _subscribers.Take(_options.Stalled)) _readable.Watch(subscriber);
        WaitForDeliveries([], () => Ledger.DeliveredToStalled, (long)_options.Stalled * _options.EventsPerWriter * _options.Writers);
    }

    private Dictionary<string, object> Report(
        long began, TimeSpan connected, double span, double cpu, long before, long atConnect, long atEnd)
    {
        var latency = Ledger.Percentiles(0.5, 0.9, 0.99, 0.999, 1);
        var report = new Dictionary<string, object>
        {
            ["conns"] = _options.Connections,
            ["connect_s"] = Round(connected.TotalSeconds, 3),
            ["events"] = _options.EventsPerWriter * _options.Writers,
            ["writers"] = _options.Writers,
            ["wrote"] = _writers.Sum(x => x.Written),
            ["write_errors"] = _writers.Sum(x => x.Refused),
            ["expected"] = _options.Expected,
            ["delivered"] = Ledger.Delivered,
            ["lost"] = _options.Expected - Ledger.Delivered,
            ["dup"] = Ledger.Duplicates,
            ["out_of_order"] = Ledger.OutOfOrder,
            ["closed"] = Ledger.Closed,
            ["seconds"] = Round(span, 3),
            ["writes_per_s"] = Round(_writers.Sum(x => x.Written) / span, 1),
            ["deliveries_per_s"] = Round(Ledger.Delivered / span, 0),
            ["mb_per_s"] = Round(Ledger.Bytes / span / 1e6, 1),
            ["frames"] = Ledger.Frames,
            ["lat_ms"] = new Dictionary<string, double>
            {
                ["p50"] = latency[0],
                ["p90"] = latency[1],
                ["p99"] = latency[2],
                ["p999"] = latency[3],
                ["max"] = latency[4],
            },
            ["server_cpu_s"] = Round(cpu, 2),
            ["cpu_us_per_delivery"] = Ledger.Delivered == 0 ? 0 : Round(cpu * 1e6 / Ledger.Delivered, 2),
            ["rss_before_kb"] = before,
            ["rss_connected_kb"] = atConnect,
            ["rss_end_kb"] = atEnd,
            ["kb_per_conn"] = _options.Connections == 0 ? 0 : Round((atConnect - before) / (double)_options.Connections, 1),
        };
        if (_options.WaitFor.Length > 0)
        {
            report["ready"] = Ledger.Ready;
            report["ready_s"] = Ledger.Ready == 0 ? 0 : Round(Stopwatch.GetElapsedTime(began, Ledger.LastReady).TotalSeconds, 3);
        }

        if (_options.Stalled > 0) report["delivered_to_stalled"] = Ledger.DeliveredToStalled;
        if (_writers.Find(x => x.Refusal is not null) is { } refused) report["refusal"] = refused.Refusal!;
        return report;
    }

    private static double Round(double value, int digits) => Math.Round(value, digits);
}
