using Garm.WebConsole.Fleet;

namespace Garm.WebConsole.Tests.Fleet;

public sealed class WaitReasonsSpecs
{
    [Theory]
    [InlineData(true, 5, new[] { 0, 2, 0, 0, 0, 0 }, "2 idle: the forge gives the job to one of them")]
    [InlineData(true, 5, new[] { 1, 0, 2, 0, 0, 0 }, "1 starting")]
    [InlineData(true, 3, new[] { 0, 0, 3, 0, 0, 0 }, "full: 3 of 3, 3 active")]
    [InlineData(true, 3, new[] { 0, 0, 1, 2, 0, 0 }, "full: 3 of 3, 2 of them failed")]
    [InlineData(true, 5, new[] { 0, 0, 3, 0, 0, 0 }, "it has room, and no runner is being made")]
    [InlineData(false, 5, new[] { 0, 1, 0, 0, 0, 0 }, "disabled: it makes no runners")]
    public void APool_SaysWhatItDoes(bool enabled, long max, int[] runners, string text) =>
        Assert.Equal(text, Assert.Single(WaitReasons.Of(Job("self-hosted", "GPU"), [Pool(enabled, max, runners, "gpu", "linux")])).Text);

    [Fact]
    public void WhatLacksALabel_OrIsOfAnotherSource_IsNoReason()
    {
        Assert.Empty(WaitReasons.Of(Job("gpu", "windows"), [Pool(true, 5, new int[6], "gpu", "linux")]));
        Assert.Empty(WaitReasons.Of(Job("gpu") with { Key = new FleetKey("old", "1") }, [Pool(true, 5, new int[6], "gpu")]));
    }

    private static JobRow Job(params string[] labels) => new(new FleetKey("", "1"), "j", "queued", "", "o/r", "", labels, default, default);

    private static GroupSummary Pool(bool enabled, long max, int[] runners, params string[] labels) =>
        new(new GroupRow(new GroupKey(false, new FleetKey("", "p")), "p", "o", "fake", enabled, 1, max, labels), runners);
}
