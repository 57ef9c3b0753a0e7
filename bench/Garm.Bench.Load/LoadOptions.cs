using System.Globalization;

namespace Garm.Bench.Load;

/// <summary>Who writes, and how.</summary>
internal enum WriterMode
{
    /// <summary>Nobody: connections stay idle.</summary>
    None,

    /// <summary>HTTP/1.1 requests on one connection a writer.</summary>
    Http,

    /// <summary>Text frames on one websocket a writer.</summary>
    WsPub,

    /// <summary>NATS <c>PUB</c> over TCP.</summary>
    Nats,
}

/// <summary>What a run does. Every option is <c>--name value</c>; <see cref="Usage"/> lists them.</summary>
internal sealed record LoadOptions
{
    public const string Usage = """
        Opens websocket subscribers on 127.0.0.1, drives writers, checks what arrives, prints one JSON line.
          --port N            the server's port                     --path P         the websocket's path (/)
          --conns N           subscribers (1)                       --header "N: v"  of the subscribers' handshake, repeatable
          --sub TEXT          sent once open, repeatable; {N} is the subscriber's number
          --first N --first-sub TEXT   the first N subscribers send this instead
          --expect N          subscribers that every event must reach (all but the stalled ones)
          --mode none|http|wspub|nats  --writers N (1)  --events N (1000)  --rate N/s (0: flat out)
          --method M (PUT)    --target PATH  --body TEXT  --wheader "N: v"   {T} is the event's token, {W} the writer's number, {I} an id
          --signed-with SECRET    each body is signed, as a forge signs its deliveries
          --pub-port N        for nats      --subject S (x)       --nats-sub 1     subscribers speak NATS
          --stalled N         subscribers that read nothing until the others have everything
          --wait-for TEXT     every subscriber must get a frame with this text; told as ready_s
          --idle-s N          how long to stay idle with --mode none (5)
          --settle-ms N (500) --quiet-ms N (3000)  --pid N  the server's process, for CPU and memory
        """;

    public int Port { get; init; }
    public int PubPort { get; init; }
    public string Path { get; init; } = "/";
    public int Connections { get; init; } = 1;
    public IReadOnlyList<string> Headers { get; init; } = [];
    public IReadOnlyList<string> Subscribes { get; init; } = [];
    public int First { get; init; }
    public string FirstSubscribe { get; init; } = "";
    public int Expect { get; init; } = -1;
    public WriterMode Mode { get; init; }
    public int Writers { get; init; } = 1;
    public int Events { get; init; } = 1000;
    public double Rate { get; init; }
    public string Method { get; init; } = "PUT";
    public string Target { get; init; } = "/";
    public string Body { get; init; } = "{T}";
    public IReadOnlyList<string> WriterHeaders { get; init; } = [];
    public string SignedWith { get; init; } = "";
    public string Subject { get; init; } = "x";
    public bool NatsSubscribers { get; init; }
    public int Stalled { get; init; }
    public string WaitFor { get; init; } = "";
    public double IdleSeconds { get; init; } = 5;
    public int SettleMilliseconds { get; init; } = 500;
    public int QuietMilliseconds { get; init; } = 3000;
    public int Pid { get; init; }

    /// <summary>Microseconds since 1970: no run writes as many events before the next one begins.</summary>
    public long FirstId { get; } = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Events of one writer.</summary>
    public int EventsPerWriter => Mode == WriterMode.None ? 0 : Events / Writers;

    /// <summary>Deliveries that must come.</summary>
    public long Expected => (long)(Expect >= 0 ? Expect : Connections - Stalled) * EventsPerWriter * Writers;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">An option is unknown or its value is wrong.</exception>
    public static LoadOptions Parse(string[] args)
    {
        var options = new LoadOptions();
        if (args.Length % 2 != 0) throw new ArgumentException("every option has a value");
        for (var i = 0; i < args.Length; i += 2) options = options.With(args[i], args[i + 1]);
        if (options.Port == 0) throw new ArgumentException("--port is missing");
        return options with { PubPort = options.PubPort == 0 ? options.Port : options.PubPort };
    }

    private LoadOptions With(string name, string value) => name switch
    {
        "--port" => this with { Port = Number(name, value) },
        "--pub-port" => this with { PubPort = Number(name, value) },
        "--path" => this with { Path = value },
        "--conns" => this with { Connections = Number(name, value) },
        "--header" => this with { Headers = [.. Headers, value] },
        "--sub" => this with { Subscribes = [.. Subscribes, value] },
        "--first" => this with { First = Number(name, value) },
        "--first-sub" => this with { FirstSubscribe = value },
        "--expect" => this with { Expect = Number(name, value) },
        "--mode" => this with { Mode = Enum.TryParse<WriterMode>(value, ignoreCase: true, out var mode) ? mode : throw Wrong(name, value) },
        "--writers" => this with { Writers = Number(name, value) },
        "--events" => this with { Events = Number(name, value) },
        "--rate" => this with { Rate = Number(name, value) },
        "--method" => this with { Method = value },
        "--target" => this with { Target = value },
        "--body" => this with { Body = value },
        "--wheader" => this with { WriterHeaders = [.. WriterHeaders, value] },
        "--signed-with" => this with { SignedWith = value },
        "--subject" => this with { Subject = value },
        "--nats-sub" => this with { NatsSubscribers = Number(name, value) != 0 },
        "--stalled" => this with { Stalled = Number(name, value) },
        "--wait-for" => this with { WaitFor = value },
        "--idle-s" => this with { IdleSeconds = Number(name, value) },
        "--settle-ms" => this with { SettleMilliseconds = Number(name, value) },
        "--quiet-ms" => this with { QuietMilliseconds = Number(name, value) },
        "--pid" => this with { Pid = Number(name, value) },
        _ => throw new ArgumentException($"{name} is not known"),
    };

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(name, value);

    private static ArgumentException Wrong(string name, string value) => new($"{name}: \"{value}\" is not accepted");
}
