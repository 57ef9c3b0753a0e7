using CsCheck;

namespace Garm.Actors.Tests.Feeds;

/// <summary>
/// Compares the feed with a model of what its reader must get, over random histories, which are shrunk when one fails.
/// <c>CsCheck_Iter</c> in the environment tries more of them, <c>CsCheck_Seed</c> repeats the one that a failure named.
/// </summary>
public sealed class EventFeedModelSpecs
{
    // Steps that continue a history are more frequent than those that begin a new one.
    private static readonly Happening[] Often =
    [
        Happening.Commit, Happening.Commit, Happening.Commit, Happening.Relay, Happening.Relay, Happening.RelaySays, Happening.RelaySays,
        Happening.RelaySays, Happening.LogSays, Happening.LogSays, Happening.Read, Happening.Read, Happening.Retry, Happening.RelayIsNotHeard,
        Happening.Open, Happening.AskFilter, Happening.AskStart, Happening.Prune, Happening.Restore,
    ];

    private static readonly Gen<List<Step>> Histories =
        Gen.Select(Gen.OneOf(Often), Gen.Int[0, 11], (what, number) => new Step(what, number)).List[0, 100];

    [Fact]
    public void AReader_ShouldGetWhatHisFilterLetsThrough_Once_InOrder_WhateverHappens() => Histories.Sample(
        history =>
        {
            var world = new FeedWorld();
            foreach (var step in history) world.Do(step);
            world.Settle();
        },
        iter: 3_000,
        print: history => string.Join(" ", history));
}
