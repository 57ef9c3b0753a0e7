using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Garm.Actors.Sources;
using Garm.Log.Sources;

namespace Garm.Actors.Tests.Sources;

/// <summary>A GARM server whose lists and frames a spec writes, and which fails when it is told to.</summary>
internal sealed class ScriptedServer : ISourceConnector
{
    private static readonly string[] Routes =
    [
        "controller-info", "github/endpoints", "gitea/endpoints", "github/credentials", "gitea/credentials", "templates", "proxies",
        "repositories", "organizations", "enterprises", "forge-instances", "pools", "scalesets", "instances", "jobs", "objects", "users",
    ];

    private readonly ConcurrentDictionary<string, List<string>> _lists = new(Routes.Select(x => KeyValuePair.Create(x, new List<string>())));
    private readonly List<Session> _sessions = [];

    public ScriptedServer() => SetController("controller-1");

    /// <summary>What the login fails with; null when it works.</summary>
    public string? Refusal { get; set; }

    public TimeSpan? TokenLifetime { get; set; }

    public string ControllerId { get; private set; } = "";

    /// <summary>How many logins there were.</summary>
    public int Logins { get; private set; }

    /// <summary>How many times the list of a route was read to its end or failure.</summary>
    public ConcurrentDictionary<string, int> Reads { get; } = new();

    /// <summary>How many entities were asked for alone.</summary>
    public int Questions;

    /// <summary>What a route's list throws, after so many entries; it does so until it is taken out.</summary>
    public ConcurrentDictionary<string, (int After, Func<Exception> Fault)> Faults { get; } = new();

    /// <summary>Done in the middle of each list of a route, after its first entry.</summary>
    public ConcurrentDictionary<string, Action> InTheMiddle { get; } = new();

    /// <summary>The server shows each entity alone with this besides.</summary>
    public string AloneBesides { get; set; } = "";

    /// <summary>Done when a socket has opened, before the login is answered.</summary>
    public Action? AtConnection { get; set; }

    /// <summary>What each opening waits for; null for nothing.</summary>
    public Task? Opening { get; set; }

    /// <summary>How many sockets were opened.</summary>
    public int Opened
    {
        get
        {
            lock (_sessions) return _sessions.Count;
        }
    }

    public int OpenSockets
    {
        get
        {
            lock (_sessions) return _sessions.Count(x => x.IsOpen);
        }
    }

    public void SetController(string id)
    {
        ControllerId = id;
        Set("controller-info", $$"""{"controller_id":"{{id}}","version":"v0.2.0"}""");
    }

    public void Set(string route, params string[] entities) => _lists[route] = [.. entities];

    /// <summary>Sends a frame to the open sockets.</summary>
    public void Emit(string type, string operation, string payload) =>
        Send($$"""{"entity-type":"{{type}}","operation":"{{operation}}","payload":{{payload}}}""");

    /// <summary>Sends a text to the open sockets.</summary>
    public void Send(string frame)
    {
        lock (_sessions)
        {
            foreach (var session in _sessions.Where(x => x.IsOpen)) session.Listener.OnFrame(Encoding.UTF8.GetBytes(frame));
        }
    }

    /// <summary>Cuts the open sockets.</summary>
    public void Cut()
    {
        lock (_sessions)
        {
            foreach (var session in _sessions.Where(x => x.IsOpen))
            {
                session.IsOpen = false;
                session.Listener.OnEnd("the event socket was lost: cut");
            }
        }
    }

    public async Task<ISourceSession> ConnectAsync(SourceSettings settings, ISourceListener listener, CancellationToken cancellation)
    {
        if (Refusal is { } refusal) throw new SourceException(refusal);
        Logins++;
        if (Opening is { } opening) await opening;
        var session = new Session(this, listener, new SourceServer(ControllerId, "v0.2.0", TokenLifetime));
        lock (_sessions) _sessions.Add(session);
        AtConnection?.Invoke();
        return session;
    }

    private sealed class Session(ScriptedServer server, ISourceListener listener, SourceServer about) : ISourceSession
    {
        public ISourceListener Listener => listener;

        public bool IsOpen { get; set; } = true;

        public SourceServer Server => about;

        public async IAsyncEnumerable<JsonElement> ListAsync(string route, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            server.Reads.AddOrUpdate(route, 1, (_, x) => x + 1);
            var hasFault = server.Faults.TryGetValue(route, out var fault);
            var sent = 0;
            foreach (var entity in server._lists[route].ToList())
            {
                if (hasFault && sent == fault.After) throw fault.Fault();
                using var json = JsonDocument.Parse(entity);
                yield return json.RootElement.Clone();
                if (++sent == 1 && server.InTheMiddle.TryGetValue(route, out var action)) action();
            }

            if (hasFault) throw fault.Fault();
        }

        public Task<ReadOnlyMemory<byte>?> GetAsync(string route, CancellationToken cancellation)
        {
            Interlocked.Increment(ref server.Questions);
            var slash = route.LastIndexOf('/');
            var id = Uri.UnescapeDataString(route[(slash + 1)..]);
            foreach (var entity in server._lists[route[..slash]])
            {
                using var json = JsonDocument.Parse(entity);
                var ids = new[] { "id", "name" }.Select(x => json.RootElement.TryGetProperty(x, out var value) ? value.ToString() : "");
                if (ids.Contains(id)) return Task.FromResult<ReadOnlyMemory<byte>?>(Encoding.UTF8.GetBytes(entity[..^1] + server.AloneBesides + "}"));
            }

            return Task.FromResult<ReadOnlyMemory<byte>?>(null);
        }

        public ValueTask DisposeAsync()
        {
            IsOpen = false;
            return ValueTask.CompletedTask;
        }
    }
}
