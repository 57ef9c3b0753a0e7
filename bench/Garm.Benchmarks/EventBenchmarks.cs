using System.Text;
using BenchmarkDotNet.Attributes;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Benchmarks;

/// <summary>What is done for each event: once a node the frame, once a session the filter.</summary>
public class EventBenchmarks
{
    private readonly Change _change = Samples.Change(1);
    private readonly RelayedChange _relayed = new(Samples.Change(1), Samples.Epoch);
    private EventFilter _filter = EventFilter.NotYet;

    [GlobalSetup]
    public void SetUp()
    {
        var message = Encoding.UTF8.GetBytes("""{"filters":[{"entity-type":"pool","operations":["create","update"]},{"entity-type":"job"}]}""");
        if (EventOptionsReader.Read(message, out var options) != EventOptionsOutcome.Accepted) throw new InvalidOperationException("no filter");
        _filter = EventFilter.Of(options!);
    }

    [Benchmark]
    public bool FilterMatch() => _filter.Matches(_relayed);

    [Benchmark]
    public int BuildFrame() => new RelayedChange(_change, Samples.Epoch).PlainFrame.Length;
}
