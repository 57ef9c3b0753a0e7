using System.Text;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Telemetry;
using Garm.Actors.Tests.Support;
using Garm.Actors.Tests.Telemetry;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Performance;

/// <summary>The cost of one event for one session, and of its frame for the node, in bytes.</summary>
[Collection(nameof(TelemetryCollection))]
public sealed class SessionBudgetSpecs
{
    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void AFrame_ShouldCostAtMostItselfTwice(int payloadBytes)
    {
        var payload = Encoding.UTF8.GetBytes($$"""{"x":"{{new string('x', payloadBytes)}}"}""");
        var change = Samples.Change(1) with { Payload = payload };

        var bytes = Allocations.PerCall(() => _ = change.Relayed().PlainFrame);

        Assert.True(bytes <= (2 * payload.Length) + 512, $"a frame of a payload of {payload.Length} bytes costs {bytes}");
    }

    [Fact]
    public void AFilter_ShouldCostNothing()
    {
        Assert.Equal(
            EventOptionsOutcome.Accepted,
            EventOptionsReader.Read("""{"filters":[{"entity-type":"pool"},{"entity-type":"job"}]}"""u8.ToArray(), out var options));
        var filter = EventFilter.Of(options!);
        var change = Samples.Change(1).Relayed();

        Assert.Equal(0, Allocations.PerCall(() => filter.Matches(change)));
    }

    [Fact]
    public void AnEventInAQueue_ShouldCostNoMoreThanItsPlace()
    {
        var queue = new OutboundQueue(OutboundLimits.Default);
        ReadOnlyMemory<byte> frame = new byte[400];

        var bytes = Allocations.PerCall(() =>
        {
            queue.TryEnqueue(frame);
            queue.TryDequeue(out _);
        });

        Assert.True(bytes <= 32, $"an event costs {bytes} bytes on its way through a queue");
    }

    [Fact]
    public void Metrics_ShouldCostNoMemory_WhenSomebodyLooksAtThem()
    {
        var queue = new OutboundQueue(OutboundLimits.Default);
        var change = Samples.Change(1);
        var relayed = new RelayedChanges([change.Relayed()]);
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, x) =>
        {
            if (instrument.Meter.Name == GarmTelemetry.Name) x.EnableMeasurementEvents(instrument);
        };
        long events = 0;
        var samples = 0;
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => events += value);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => samples++);
        listener.Start();
        long place = 0;

        var bytes = Allocations.PerCall(() =>
        {
            queue.Sample.Mark(relayed, ++place);
            GarmTelemetry.EventsDelivered(1);
            queue.Sample.Written(1);
        });

        Assert.Equal(0, bytes);
        Assert.Equal(250, events);
        Assert.Equal(250, samples);
    }
}
