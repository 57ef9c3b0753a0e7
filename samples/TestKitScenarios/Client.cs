using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using Garm.Actors.Sessions;

namespace TestKitScenarios;

/// <summary>The client's side of a session: it sends messages to the actor and reads the frames that the actor queued.</summary>
public sealed class Client(IActorRef session, OutboundQueue queue)
{
    /// <summary>How long a scenario waits for a frame, in real time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int Text = 1;
    private const int Close = 8;

    private readonly Queue<(int Opcode, byte[] Payload)> _frames = [];

    public void Send(string message) => session.Tell(new ClientMessage(Encoding.UTF8.GetBytes(message)));

    /// <summary>The next event; control frames and pings are passed over.</summary>
    public async Task<JsonElement> NextEventAsync()
    {
        while (true)
        {
            var frame = await NextTextAsync();
            if (!frame.TryGetProperty("control", out _)) return frame;
        }
    }

    /// <summary>Reads up to this control frame.</summary>
    public async Task<JsonElement> ExpectControlAsync(string control)
    {
        while (true)
        {
            var frame = await NextTextAsync();
            if (frame.TryGetProperty("control", out var found) && found.GetString() == control) return frame;
        }
    }

    /// <summary>Reads up to the close frame, and returns its code.</summary>
    public async Task<int> ExpectCloseAsync()
    {
        while (true)
        {
            var (opcode, payload) = await NextAsync();
            if (opcode == Close) return BinaryPrimitives.ReadUInt16BigEndian(payload);
        }
    }

    private async Task<JsonElement> NextTextAsync()
    {
        while (true)
        {
            var (opcode, payload) = await NextAsync();
            Assert.True(opcode != Close, "the session has ended");
            if (opcode == Text) return JsonSerializer.Deserialize<JsonElement>(payload);
        }
    }

    private async Task<(int Opcode, byte[] Payload)> NextAsync()
    {
        while (_frames.Count == 0)
        {
            Assert.True(await queue.WaitToDequeueAsync().AsTask().WaitAsync(Patience), "nothing more comes");
            while (queue.TryDequeue(out var next)) Split(next.Bytes.Span);
        }

        return _frames.Dequeue();
    }

    // A server's frames have no mask; one entry of the queue may hold several.
    private void Split(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var (head, length) = bytes[1] switch
            {
                126 => (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
                127 => (10, (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
                var small => (2, (int)small),
            };
            _frames.Enqueue((bytes[0] & 0x0F, bytes.Slice(head, length).ToArray()));
            bytes = bytes[(head + length)..];
        }
    }
}
