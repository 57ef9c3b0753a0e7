using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Snapshots;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Tests.Snapshots;

/// <summary>Snapshots share places and pages, and hold the log as long as one needs it.</summary>
public sealed class SnapshotsActorSpecs() : TestKit(HoconFolder.With("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
{
    private readonly States _states = new();
    private readonly SnapshotOptions _options = new();

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public async Task Beginners_ShouldShareAPlace_WhichIsHeldBeforeTheyHearOfIt()
    {
        var actor = Start();
        _states.Gate.Reset();
        for (var i = 0; i < 100; i++) actor.Tell(new BeginSnapshot(i), TestActor);
        _states.Gate.Set();

        for (var i = 0; i < 100; i++) Assert.Equal((i, 7), ((await ExpectMsgAsync<SnapshotBegun>()) is var x ? ((int)x.Round, (int)x.Place.Position.Value) : default));
        Assert.InRange(_states.HeadReads, 1, 2);
        Assert.Equal([7], _states.Holds);
    }

    [Fact]
    public async Task Pages_ShouldBeSharedByAllThatAskForTheSameRows()
    {
        var actor = Start();
        _states.Gate.Reset();
        for (var i = 0; i < 100; i++) actor.Tell(new ReadStates(new StateRange(EntityType.Pool, null), "k", i), TestActor);
        _states.Gate.Set();

        for (var i = 0; i < 100; i++) Assert.Equal(i, (await ExpectMsgAsync<StatesRead>()).Round);
        Assert.InRange(_states.PageReads, 1, 2);
    }

    [Fact]
    public async Task TheHold_ShouldRise_WithTheOldestSnapshot_AndEndWithTheLast()
    {
        var actor = Start();
        var (one, other) = (CreateTestProbe(), CreateTestProbe());
        actor.Tell(new BeginSnapshot(1), one);
        await one.ExpectMsgAsync<SnapshotBegun>();
        _states.Head = 9;
        actor.Tell(new BeginSnapshot(1), other);
        await other.ExpectMsgAsync<SnapshotBegun>();
        Assert.Equal([7], _states.Holds); // The existing hold covers the later place too.

        actor.Tell(EndSnapshot.Instance, one);
        Time.Advance(_options.HoldPeriod);
        await AwaitAssertAsync(() => Assert.Equal([7, 9], _states.Holds));

        Sys.Stop(other);
        await AwaitAssertAsync(() =>
        {
            Time.Advance(_options.HoldPeriod);
            Assert.Equal(1, _states.Releases);
        });
    }

    [Fact]
    public async Task AHold_ShouldBeRenewed_WhileASnapshotIsSent()
    {
        var actor = Start();
        actor.Tell(new BeginSnapshot(1), TestActor);
        await ExpectMsgAsync<SnapshotBegun>();
        Time.Advance(_options.HoldPeriod);
        await AwaitAssertAsync(() => Assert.Equal([7, 7], _states.Holds));
    }

    [Fact]
    public async Task AFailure_ShouldBeTold_AndTheNextQuestionIsAnswered()
    {
        var actor = Start();
        _states.Fails = true;
        actor.Tell(new BeginSnapshot(1), TestActor);
        Assert.Equal(1, (await ExpectMsgAsync<StatesFailed>()).Round);
        actor.Tell(new ReadStates(new StateRange(EntityType.Pool, null), "", 2), TestActor);
        Assert.Equal(2, (await ExpectMsgAsync<StatesFailed>()).Round);
        _states.Fails = false;
        actor.Tell(new BeginSnapshot(3), TestActor);
        Assert.Equal(3, (await ExpectMsgAsync<SnapshotBegun>()).Round);
    }

    [Fact]
    public async Task Reads_ShouldPause_AsLongAsTheyTook()
    {
        var took = TimeSpan.FromMilliseconds(20);
        _states.WhileReading = () => Time.Advance(took);
        var actor = Sys.ActorOf(SnapshotsActor.Props(_states, _states, _options with { Readers = 1, PauseRatio = 1 }));
        actor.Tell(new ReadStates(new StateRange(EntityType.Pool, null), "a", 1), TestActor);
        Assert.Equal(1, (await ExpectMsgAsync<StatesRead>()).Round);

        actor.Tell(new ReadStates(new StateRange(EntityType.Pool, null), "b", 2), TestActor);
        await actor.AskAsync<ActorIdentity>(new Identify(null)); // It has worked off the question.
        Assert.Equal(1, _states.PagesAsked);

        Time.Advance(took);
        Assert.Equal(2, (await ExpectMsgAsync<StatesRead>()).Round);
    }

    private IActorRef Start() => Sys.ActorOf(SnapshotsActor.Props(_states, _states, _options));

    private sealed class States : IEntityStateReader, ISnapshotHolds
    {
        private readonly List<long> _holds = [];

        public ManualResetEventSlim Gate { get; } = new(true);

        public long Head { get; set; } = 7;

        public bool Fails { get; set; }

        public int HeadReads { get; private set; }

        public int PageReads { get; private set; }

        public int PagesAsked { get; private set; }

        public Action? WhileReading { get; set; }

        public int Releases { get; private set; }

        public IReadOnlyList<long> Holds
        {
            get
            {
                lock (_holds) return [.. _holds];
            }
        }

        public Task<LogPlace> ReadHeadAsync(CancellationToken cancellation) => Task.Run(() =>
        {
            Gate.Wait(cancellation);
            HeadReads++;
            return Fails ? throw new IOException("no database") : new LogPlace(Samples.Epoch, new LogPosition(Head));
        });

        public Task<EntityStatePage> ReadPageAsync(StateRange range, string after, int limit, int bytes, CancellationToken cancellation)
        {
            PagesAsked++;
            return Task.Run(() =>
            {
                Gate.Wait(cancellation);
                PageReads++;
                WhileReading?.Invoke();
                return Fails ? throw new IOException("no database") : new EntityStatePage([], true, Samples.Epoch);
            });
        }

        public Task HoldAsync(LogPosition place, TimeSpan timeToLive, CancellationToken cancellation)
        {
            lock (_holds) _holds.Add(place.Value);
            return Task.CompletedTask;
        }

        public Task ReleaseAsync(CancellationToken cancellation)
        {
            Releases++;
            return Task.CompletedTask;
        }
    }
}
