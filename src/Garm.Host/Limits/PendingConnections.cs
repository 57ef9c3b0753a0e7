using Garm.Host.Telemetry;
using Microsoft.AspNetCore.Connections;

namespace Garm.Host.Limits;

/// <summary>
/// Limits connections that have not sent a complete request head yet. The server's own time limits begin with the first byte, so a
/// client that connects and sends nothing would stay as long as an idle connection, and nothing limits their number. Here each
/// connection has a time limit for its first byte and one for its first request. When there are too many, the oldest is closed:
/// a real client sends its request at once, so the oldest is the least likely to be one.
/// </summary>
/// <param name="firstByteWithin">The time limit from the connection to its first byte.</param>
/// <param name="max">The maximum number of pending connections; 0 for no limit.</param>
/// <param name="time">The timers.</param>
internal sealed class PendingConnections(TimeSpan firstByteWithin, int max, TimeProvider time)
{
    /// <summary>
    /// After the first byte, the server has its own time limits for the TLS handshake and for the head, each as long as the
    /// first. They answer with a status, so this limit is longer: it is for clients that send nothing after the handshake.
    /// </summary>
    private readonly TimeSpan _firstRequestWithin = (2 * firstByteWithin) + TimeSpan.FromSeconds(3);

    private readonly TimeSpan _firstByteWithin = firstByteWithin;
    private readonly TimeProvider _time = time;
    private readonly Lock _gate = new();
    private readonly LinkedList<Pending> _oldestFirst = [];

    /// <summary>The number of pending connections.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _oldestFirst.Count;
        }
    }

    /// <summary>Runs before everything else on a connection, including TLS.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        var pending = new Pending(this, connection);
        Add(pending);
        try
        {
            if (await HasFirstByteAsync(connection)) await next(connection);
        }
        finally
        {
            pending.Through();
        }
    };

    /// <summary>A request has arrived, so its connection is no longer pending.</summary>
    public static Task OnRequest(HttpContext context, RequestDelegate next)
    {
        context.Features.Get<Pending>()?.Through();
        return next(context);
    }

    // The bytes are examined and not consumed, so the next reader gets them.
    private static async Task<bool> HasFirstByteAsync(ConnectionContext connection)
    {
        try
        {
            var input = connection.Transport.Input;
            var read = await input.ReadAsync(connection.ConnectionClosed);
            var hasByte = !read.Buffer.IsEmpty;
            input.AdvanceTo(read.Buffer.Start);
            if (hasByte) connection.Features.Get<Pending>()!.HasSpoken();
            return hasByte;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ConnectionAbortedException or InvalidOperationException)
        {
            // The client or this class has closed the connection.
            return false;
        }
    }

    private void Add(Pending pending)
    {
        Pending? tooMany = null;
        lock (_gate)
        {
            pending.Node = _oldestFirst.AddLast(pending);
            if (max > 0 && _oldestFirst.Count > max) tooMany = _oldestFirst.First!.Value;
        }

        pending.Start();
        tooMany?.End("crowded", "there are too many connections without a request");
    }

    /// <summary>A pending connection; a feature of its connection.</summary>
    internal sealed class Pending
    {
        private readonly PendingConnections _all;
        private readonly ConnectionContext _connection;
        private readonly ITimer _timer;

        public Pending(PendingConnections all, ConnectionContext connection)
        {
            (_all, _connection) = (all, connection);
            _timer = all._time.CreateTimer(
                static x => ((Pending)x!).End("silent", "no request came in time"), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            connection.Features.Set(this);
        }

        /// <summary>Its node in the list; null when it is no longer pending. Guarded by the lock.</summary>
        public LinkedListNode<Pending>? Node { get; set; }

        public void Start() => _timer.Change(_all._firstByteWithin, Timeout.InfiniteTimeSpan);

        public void HasSpoken() => _timer.Change(_all._firstRequestWithin, Timeout.InfiniteTimeSpan);

        public void Through()
        {
            if (Leave()) _timer.Dispose();
        }

        public void End(string reason, string text)
        {
            if (!Leave()) return;
            _timer.Dispose();
            HostTelemetry.ConnectionDropped(reason);
            _connection.Abort(new ConnectionAbortedException(text));
        }

        private bool Leave()
        {
            lock (_all._gate)
            {
                if (Node is not { } node) return false;
                _all._oldestFirst.Remove(node);
                Node = null;
                return true;
            }
        }
    }
}
