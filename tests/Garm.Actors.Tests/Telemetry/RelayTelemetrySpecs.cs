using System.Diagnostics;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Telemetry;
using Garm.Actors.Tests.Support;
using Garm.Log;
using Garm.TestUtilities;

namespace Garm.Actors.Tests.Telemetry;

[Collection(nameof(TelemetryCollection))]
public sealed class RelayTelemetrySpecs() : TestKit(VirtualTime.Config)
{
    [Fact]
    public async Task Relay_ShouldTell_WhatItLetThrough_AndWhereItStands()
    {
        using var told = new Measurements(GarmTelemetry.Name);
        var rig = await RelayRig.RunningAsync(this);

        rig.Bring(Samples.Batch(1, 3));
        await rig.NextAsync();
        rig.Bring(Samples.Batch(6));
        await rig.StateAsync();

        Assert.Equal([3], told.Of("garm.events.relayed"));
        Assert.Equal(3, told.Of("garm.relay.position")[^1]);
        Assert.Empty(told.Of("garm.relay.gaps_repaired"));
    }

    [Fact]
    public async Task Relay_ShouldTell_OfAGapThatItRepaired()
    {
        using var told = new Measurements(GarmTelemetry.Name);
        var rig = await RelayRig.RunningAsync(this);
        rig.Log.CommitMany(2);

        await rig.UntilAsync(2);

        Assert.Equal([1], told.Of("garm.relay.gaps_repaired"));
        Assert.Equal(2, told.Of("garm.log.head")[^1]);
        Assert.Equal(2, told.Of("garm.relay.position")[^1]);
    }

    [Fact]
    public async Task Trace_ShouldGoFromTheCommit_ThroughTheRelay_ToOneSend()
    {
        using var commits = new ActivitySource("commits");
        using var spans = new Spans(commits.Name, GarmTelemetry.Name);
        var rig = await RelayRig.RunningAsync(this);
        var batch = Samples.Batch(1);
        ActivityContext commit;
        using (var span = commits.StartActivity("commit"))
        {
            commit = span!.Context;
            CommitTraces.Keep(batch.CommitId, commit);
        }

        rig.Bring(batch);
        var relayed = await rig.Subscriber.ExpectMsgAsync<RelayedChanges>();
        await rig.StateAsync();
        foreach (var queue in new[] { new OutboundQueue(OutboundLimits.Default), new OutboundQueue(OutboundLimits.Default) })
        {
            queue.Sample.Mark(relayed, 1);
            queue.Sample.Written(1);
        }

        var relay = Assert.Single(spans.Ended, x => x.OperationName == "relay");
        Assert.Equal(commit.TraceId, relay.TraceId);
        Assert.Equal(commit.SpanId, relay.ParentSpanId);
        var send = Assert.Single(spans.Ended, x => x.OperationName == "send");
        Assert.Equal(relay.SpanId, send.ParentSpanId);
    }

    [Fact]
    public async Task WithoutAnybodyWhoListens_ThereIsNoTrace()
    {
        var rig = await RelayRig.RunningAsync(this);

        rig.Bring(Samples.Batch(1));

        Assert.Null((await rig.Subscriber.ExpectMsgAsync<RelayedChanges>()).Trace);
    }
}
