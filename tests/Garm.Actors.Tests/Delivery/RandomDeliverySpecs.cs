using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Actors.Users;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Tests.Delivery;

/// <summary>
/// The real relay, log pages and sessions, with faults between them in an order that the seed determines:
/// batches lost, doubled and late, clients that read slowly or not at all, filters that change, a small memory.
/// Each session must get each event that its filter passes once, in order.
/// </summary>
public sealed class RandomDeliverySpecs() : TestKit(VirtualTime.Config)
{
    private static readonly EventKind ScaleSetCreate = new(EntityType.ScaleSet, ChangeOperation.Create);
    private static readonly EventKind[] Kinds = [Samples.PoolUpdate, ScaleSetCreate];
    private readonly FailableChangeLog _log = new(chained: true);
    private readonly List<EventKind> _committed = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task EverySession_ShouldGetEachEventOnce_InOrder_WhateverHappens(int seed)
    {
        var random = new Random(seed);
        Commit(random, 20); // Committed before the relay starts at the end of the log.
        var relay = Sys.ActorOf(ChangeRelayActor.Props(null, _log, _log, new ChangeRelayOptions { RecentChanges = 12, PageSize = 5 }));
        var pages = Sys.ActorOf(LogPagesActor.Props(_log, new LogPagesOptions { Readers = 2, PageSize = 7 }));
        var users = Sys.ActorOf(UserStateManagerActor.Props(
            relay, new FailableUserAccess { Access = SessionRig.GoodAccess }, new UserStateOptions()));
        var ports = new SessionPorts(relay, pages, users, new SessionTokenTable());

        List<Client> clients =
        [
            Open(ports, """{"send-everything":true,"cursor":"earliest","heartbeat-seconds":0}""", _ => true),
            Open(ports, """{"filters":[{"entity-type":"pool"}],"cursor":"earliest","heartbeat-seconds":0}""", x => x == Samples.PoolUpdate),
            Open(ports, """{"filters":[{"entity-type":"scaleset","match":{"id":[3,7,30,60,61,90]}}],"cursor":"earliest","heartbeat-seconds":0}""",
                x => x == ScaleSetCreate, [3, 7, 30, 60, 61, 90]),
            Open(ports, """{"send-everything":true}""", _ => true, plain: true),
        ];
        var changing = Open(ports, """{"send-everything":true,"cursor":"earliest","heartbeat-seconds":0}""", _ => true);
        await this.AdvanceUntilAsync("all are confirmed", TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1), async () =>
            (await relay.AskAsync<RelayState>(GetRelayState.Instance)).Running && await LiveAsync(clients[3]));

        for (var step = 0; step < 150; step++)
        {
            switch (random.Next(6))
            {
                case 0 or 1:
                    foreach (var batch in Commit(random, random.Next(1, 4)).OrderBy(_ => random.Next()))
                    {
                        for (var copies = random.Next(3); copies > 0; copies--) relay.Tell(new PublishedBatch(batch));
                    }

                    break;
                case 2 or 3:
                    clients[random.Next(clients.Count)].Read(random.Next(6));
                    changing.Read(random.Next(6));
                    break;
                case 4:
                    changing.Say(random.Next(2) == 0 ? """{"filters":[{"entity-type":"pool"}]}""" : """{"send-everything":true}""");
                    break;
                default:
                    this.Advance(TimeSpan.FromMilliseconds(random.Next(1, 700)));
                    await relay.AskAsync<RelayState>(GetRelayState.Instance);
                    break;
            }
        }

        changing.Say("""{"send-everything":true}""");
        foreach (var client in clients)
        {
            var first = client.IsPlain ? client.FirstPossible : 1;
            var wanted = Wanted(client, first);
            await this.AdvanceUntilAsync($"a client has its {wanted.Count} events", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2), () =>
            {
                client.Read(100);
                changing.Read(100);
                return Task.FromResult(client.Got.Count >= wanted.Count);
            });
            Assert.Equal(wanted, client.Got);
        }

        await this.AdvanceUntilAsync("the last one is live", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2), () =>
        {
            changing.Read(100);
            return LiveAsync(changing);
        });
        var last = Commit(random, 3);
        await this.AdvanceUntilAsync("the last one has the end", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2), () =>
        {
            changing.Read(100);
            return Task.FromResult(changing.Got.LastOrDefault() == last[^1].Last.Value);
        });
        Assert.Equal(changing.Got.Distinct().Order(), changing.Got);
        Assert.Equal(last.Select(x => x.Last.Value), changing.Got[^3..]);

        // All of the session's filters included pools.
        Assert.Empty(Wanted(clients[1], 1).Except(changing.Got));
    }

    private List<long> Wanted(Client client, long first) =>
        [.. Enumerable.Range(1, _committed.Count).Select(x => (long)x)
            .Where(x => x >= first && client.Wants(_committed[(int)x - 1]) && (client.Ids is null || client.Ids.Contains(x)))];

    private List<ChangeBatch> Commit(Random random, int count)
    {
        List<ChangeBatch> batches = [];
        for (var i = 0; i < count; i++)
        {
            var kind = Kinds[random.Next(Kinds.Length)];
            _committed.Add(kind);
            batches.Add(_log.Commit(kind));
        }

        return batches;
    }

    private Client Open(SessionPorts ports, string options, Func<EventKind, bool> wants, long[]? ids = null, bool plain = false)
    {
        var queue = new OutboundQueue(new OutboundLimits(1_000_000, 6));
        var grant = new SessionGrant(SessionRig.User, SessionRig.Generation, Sys.Scheduler.Now.AddDays(30));
        var session = Sys.ActorOf(EventSessionActor.Props(SessionId.NewId(), grant, queue, ports, new EventSessionOptions()));
        var client = new Client(session, queue, wants, ids, plain, _committed.Count + 1);
        client.Say(options);
        return client;
    }

    private static async Task<bool> LiveAsync(Client client) =>
        (await client.Session.AskAsync<SessionStats>(GetSessionStats.Instance)).Live;

    private sealed record Client(
        IActorRef Session, OutboundQueue Queue, Func<EventKind, bool> Wants, long[]? Ids, bool IsPlain, long FirstPossible)
    {
        public List<long> Got { get; } = [];

        public void Say(string message) => Session.Tell(new ClientMessage(Encoding.UTF8.GetBytes(message)));

        public void Read(int frames)
        {
            while (frames > 0 && Queue.TryDequeue(out var next))
            {
                frames -= next.Count;
                foreach (var frame in Frames.Split(next)) Read(Encoding.UTF8.GetString(frame.Span));
            }
        }

        private void Read(string text)
        {
            Assert.DoesNotContain("\"error\"", text);
            var id = text.IndexOf("{\"id\":", StringComparison.Ordinal);
            if (id >= 0) Got.Add(long.Parse(text[(id + 6)..text.IndexOf('}', id)], System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
