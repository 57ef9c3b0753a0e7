using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Tests.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Changes;

public sealed class SubscriberIndexSpecs : TestKit
{
    private readonly SubscriberIndex _index = new();

    [Fact]
    public void Index_ShouldSelectExactlyThoseWhoWantAKind()
    {
        var (pools, instances, all) = (Ref(), Ref(), Ref());
        _index.Set(pools, Samples.KindsOf(EntityType.Pool));
        _index.Set(instances, Samples.Kinds(Samples.InstanceCreate));
        _index.Set(all, EventKinds.All);

        Assert.Equal(Set(pools, all), Selected(Samples.Kinds(Samples.PoolUpdate)));
        Assert.Equal(Set(instances, all), Selected(Samples.Kinds(Samples.InstanceCreate)));
        Assert.Equal(Set(all), Selected(Samples.KindsOf(EntityType.Job)));
        Assert.True(_index.Wants(Samples.PoolUpdate));
        Assert.Empty(Selected(EventKinds.None));
    }

    [Fact]
    public void Index_ShouldSelectASubscriberOnce_WhenSeveralKindsMatch()
    {
        var all = Ref();
        _index.Set(all, EventKinds.All);

        Assert.Equal(1, _index.Select(Changes(EventKinds.All)).Length);
        Assert.Equal(1, _index.Select(Changes(EventKinds.All)).Length);
    }

    [Fact]
    public void Index_ShouldReplace_WhatASubscriberWanted()
    {
        var subscriber = Ref();
        Assert.True(_index.Set(subscriber, Samples.KindsOf(EntityType.Pool)));
        Assert.False(_index.Set(subscriber, Samples.KindsOf(EntityType.Job)));

        Assert.False(_index.Wants(Samples.PoolUpdate));
        Assert.Equal(Set(subscriber), Selected(Samples.KindsOf(EntityType.Job)));
        Assert.Equal(1, _index.Count);
    }

    [Fact]
    public void Index_ShouldStayRight_WhenManyComeAndGo()
    {
        var random = new Random(7);
        var refs = Enumerable.Range(0, 40).Select(_ => Ref()).ToList();
        Dictionary<IActorRef, EventKinds> wanted = [];
        for (var i = 0; i < 2_000; i++)
        {
            var subscriber = refs[random.Next(refs.Count)];
            if (random.Next(3) == 0)
            {
                Assert.Equal(wanted.Remove(subscriber), _index.Remove(subscriber));
            }
            else
            {
                wanted[subscriber] = Samples.Kinds([.. Enumerable.Range(0, 5).Select(_ => EventKind.FromIndex(random.Next(EventKind.Count)))]);
                _index.Set(subscriber, wanted[subscriber]);
            }

            var kind = EventKind.FromIndex(random.Next(EventKind.Count));
            Assert.Equal(Set([.. wanted.Where(w => w.Value.Contains(kind)).Select(w => w.Key)]), Selected(Samples.Kinds(kind)));
        }
    }

    [Fact]
    public void Index_ShouldSelectByFields_AndCheckTheRestOfTheFilter()
    {
        var (first, second, narrow) = (Ref(), Ref(), Ref());
        _index.Set(first, EventFilterSpecs.Read("""{"filters":[{"entity-type":"pool","match":{"id":1}}]}"""));
        _index.Set(second, EventFilterSpecs.Read("""{"filters":[{"entity-type":"pool","match":{"id":[2,1]}}]}"""));
        _index.Set(narrow, EventFilterSpecs.Read("""{"filters":[{"entity-type":"pool","match":{"id":1,"name":"x"}}]}"""));

        Assert.Equal(Set(first, second), Select(1));
        Assert.Equal(Set(second), Select(2));
        Assert.Empty(Select(3));
        Assert.True(_index.Remove(second));
        Assert.Empty(Select(2));
        Assert.True(_index.Remove(first) && _index.Remove(narrow));
        Assert.False(_index.Wants(Samples.PoolUpdate));

        HashSet<IActorRef> Select(long id)
        {
            HashSet<IActorRef> selected = [];
            foreach (var subscription in _index.Select([Samples.Change(id).Relayed()])) Assert.True(selected.Add(subscription.Subscriber));
            return selected;
        }
    }

    private IActorRef Ref() => CreateTestProbe().Ref;

    private HashSet<IActorRef> Selected(EventKinds kinds)
    {
        HashSet<IActorRef> selected = [];
        foreach (var subscription in _index.Select(Changes(kinds))) Assert.True(selected.Add(subscription.Subscriber));
        return selected;
    }

    private static RelayedChange[] Changes(EventKinds kinds) => [.. kinds.Select(kind => Samples.Change(1, kind).Relayed())];

    private static HashSet<IActorRef> Set(params IActorRef[] refs) => [.. refs];
}
