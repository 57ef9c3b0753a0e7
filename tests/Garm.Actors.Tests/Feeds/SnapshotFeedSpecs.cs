using CsCheck;

namespace Garm.Actors.Tests.Feeds;

/// <summary>
/// A reader that maintains a copy by a snapshot and the events after it has the state of the database, over random histories, which
/// are shrunk when one fails.
/// </summary>
public sealed class SnapshotFeedSpecs
{
    private static readonly CopyEvent[] Often =
    [
        CopyEvent.Write, CopyEvent.Write, CopyEvent.Write, CopyEvent.Relay, CopyEvent.Relay, CopyEvent.Answer, CopyEvent.Answer,
        CopyEvent.Answer, CopyEvent.Read, CopyEvent.Read, CopyEvent.Retry, CopyEvent.Prune, CopyEvent.ComeBack,
    ];

    private static readonly Gen<List<(CopyEvent What, int Number)>> Histories =
        Gen.Select(Gen.OneOf(Often), Gen.Int[0, 23]).List[0, 80];

    [Theory]
    [InlineData("""{"send-everything":true}""", true)]
    [InlineData("""{"filters":[{"entity-type":"pool","match":{"flavor":"a"}}]}""", true)]
    [InlineData("""{"filters":[{"entity-type":"pool","operations":["create","delete"]}]}""", false)]
    public void ACopy_ShouldBeWhatTheDatabaseHas_WhateverHappens(string filter, bool hasUpdates) => Histories.Sample(
        history =>
        {
            var world = new SnapshotWorld(filter, hasUpdates).Begin();
            foreach (var (what, number) in history) world.Do(what, number);
            world.Settle();
        },
        iter: 2_000,
        print: history => string.Join(" ", history));
}
