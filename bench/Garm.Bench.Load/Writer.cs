using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Garm.Bench.Load;

/// <summary>One writer on a thread and a connection of its own; each write waits for the answer of the one before.</summary>
internal sealed class Writer(LoadOptions options, int number)
{
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private int _buffered;

    public int Written { get; private set; }

    public int Refused { get; private set; }

    /// <summary>The first refusal.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Writes everything.</summary>
    public void Run()
    {
        using var socket = WebSocketBytes.Connect(options.PubPort, 0);
        if (options.Mode == WriterMode.WsPub) WebSocketBytes.Handshake(socket, options.Port, options.Target, options.WriterHeaders);
        if (options.Mode == WriterMode.Nats) socket.Send("CONNECT {\"verbose\":false}\r\n"u8);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < options.EventsPerWriter; i++)
        {
            Pace(started, i);
            var body = Fill(options.Body, i);
            switch (options.Mode)
            {
                case WriterMode.Http:
                    Request(socket, body, i);
                    break;
                case WriterMode.WsPub:
                    socket.Send(WebSocketBytes.Frame(WebSocketBytes.Text, Encoding.UTF8.GetBytes(body)));
                    break;
                case WriterMode.Nats:
                    socket.Send(Encoding.UTF8.GetBytes($"PUB {options.Subject} {Encoding.UTF8.GetByteCount(body)}\r\n{body}\r\n"));
                    break;
            }

            Written++;
        }

        Finish(socket);
    }

    private void Pace(long started, int sequence)
    {
        if (options.Rate <= 0) return;
        var due = TimeSpan.FromSeconds(sequence * options.Writers / options.Rate);
        var early = due - Stopwatch.GetElapsedTime(started);
        if (early > TimeSpan.Zero) Thread.Sleep(early);
    }

    private string Fill(string text, int sequence) => text
        .Replace("{W}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{I}", (options.FirstId + ((long)sequence * options.Writers) + number).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{T}", Token.Now(number, sequence), StringComparison.Ordinal);

    private void Request(Socket socket, string body, int sequence)
    {
        var request = new StringBuilder()
            .Append($"{options.Method} {Fill(options.Target, sequence)} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n")
            .Append($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        foreach (var header in options.WriterHeaders) request.Append(Fill(header, sequence)).Append("\r\n");
        if (options.SignedWith.Length > 0) request.Append(Signature(body)).Append("\r\n");
        socket.Send(Encoding.UTF8.GetBytes(request.Append("\r\n").Append(body).ToString()));
        ReadAnswer(socket);
    }

    // As a forge signs its deliveries.
    private string Signature(string body) => "X-Hub-Signature-256: sha256=" + Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.SignedWith), Encoding.UTF8.GetBytes(body)));

    private void ReadAnswer(Socket socket)
    {
        while (true)
        {
            var answer = _buffer.AsSpan(0, _buffered);
            var head = answer.IndexOf("\r\n\r\n"u8);
            if (head >= 0 && LengthOf(answer[..head]) is var length && answer.Length >= head + 4 + length)
            {
                if (!answer.StartsWith("HTTP/1.1 20"u8))
                {
                    Refused++;
                    Refusal ??= Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, 400)]);
                }

                answer[(head + 4 + length)..].CopyTo(_buffer);
                _buffered -= head + 4 + length;
                return;
            }

            var read = socket.Receive(_buffer, _buffered, _buffer.Length - _buffered, SocketFlags.None);
            if (read == 0) throw new InvalidOperationException("the server closed a writer's connection");
            _buffered += read;
        }
    }

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        foreach (var line in Encoding.ASCII.GetString(head).Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                return int.Parse(line.AsSpan(15).Trim(), CultureInfo.InvariantCulture);
        }

        return 0;
    }

    // What was sent last must be read before the connection goes.
    private void Finish(Socket socket)
    {
        if (options.Mode == WriterMode.WsPub) socket.Send(WebSocketBytes.Frame(WebSocketBytes.Close, [3, 232]));
        if (options.Mode == WriterMode.Nats) socket.Send("PING\r\n"u8);
        if (options.Mode == WriterMode.WsPub) socket.Receive(_buffer);
        if (options.Mode == WriterMode.Nats) ReadUntilPong(socket);
    }

    // The server speaks first, so that there is something to read long before the answer.
    private void ReadUntilPong(Socket socket)
    {
        while (_buffer.AsSpan(0, _buffered).IndexOf("PONG\r\n"u8) < 0)
        {
            var read = socket.Receive(_buffer, _buffered, _buffer.Length - _buffered, SocketFlags.None);
            if (read == 0) throw new InvalidOperationException("the server closed a writer's connection");
            _buffered += read;
        }
    }
}
