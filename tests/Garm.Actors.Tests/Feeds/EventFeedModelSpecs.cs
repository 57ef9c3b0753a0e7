using CsCheck;

namespace Garm.Actors.Tests.Feeds;

/// <summary>
/// The feed against a model of what its reader must get, over histories that are made at random and, when one fails, shrunk.
/// <c>CsCheck_Iter</c> in the environment tries more of them, <c>CsCheck_Seed</c> plays one again that a failure named.
/// </summary>
public sealed class EventFeedModelSpecs
{
    // More often what moves a history on than what begins it anew.
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
