using System.Text.Json;
using Garm.WebConsole.Live;

namespace Garm.WebConsole.Tests.Live;

/// <summary>A browser that applies each change once and in order lists what the page shows.</summary>
public sealed class LiveRowsSpecs
{
    private readonly LiveRows _rows = new();
    private readonly List<string> _browser = [];
    private readonly LiveList _list = new();
    private int _sent;

    [Fact]
    public void NewEvents_AreAddedAbove_AndTheOldestGo()
    {
        Assert.Null(_rows.ChangeTo([]));
        for (var turn = 0; turn < 50; turn++)
        {
            for (var i = 0; i < 7; i++) _list.Add(Event($"{turn}.{i}"));
            ShowAll();
        }

        Assert.Equal(LiveList.MostEvents, _browser.Count);
        Assert.Equal("49.6", _browser[0]);
        Assert.Equal(350, _sent); // No row is sent twice.
    }

    [Fact]
    public void WhatTheBrowserListsAlready_IsNoChange()
    {
        _list.Add(Event("1"));
        _list.Add(Event("2"));
        LiveEvent[] events = [.. _list.Events];
        var change = _rows.ChangeTo(events);

        Assert.Equal(change, _rows.ChangeTo(events));
        Assert.Equal(change, _rows.ChangeTo([.. events]));
    }

    [Fact]
    public void ASearch_AndItsEnd_ListOtherEvents()
    {
        for (var i = 0; i < 20; i++) _list.Add(Event($"{i}"));
        ShowAll();
        Show([.. _list.Events.Where(x => x.Cursor.Contains('1'))]);
        ShowAll();
        Show([.. _list.Events.Skip(5)]); // None is new; the newest are gone.
        Show([.. _list.Events.Take(3)]);
        _list.Clear();
        Show([]);
        _list.Add(Event("after"));
        ShowAll();

        Assert.Equal(["after"], _browser);
    }

    [Fact]
    public void AnyOrderOfWhatIsShown_EndsAtWhatIsShown()
    {
        var random = new Random(17);
        for (var turn = 0; turn < 500; turn++)
        {
            for (var i = random.Next(0, 90); i > 0; i--) _list.Add(Event($"{turn}.{i}"));
            var (skipped, one) = (random.Next(0, 3) == 0 ? random.Next(0, 10) : 0, random.Next(1, 4));
            Show([.. _list.Events.Skip(skipped).Where((_, i) => one == 1 || i % one == 0)]);
        }
    }

    private void ShowAll() => Show([.. _list.Events]);

    private void Show(IReadOnlyList<LiveEvent> events)
    {
        if (_rows.ChangeTo(events) is { } change)
        {
            using var read = JsonDocument.Parse(change);
            var keep = read.RootElement.GetProperty("keep").GetInt32();
            Assert.InRange(keep, 0, _browser.Count);
            _browser.RemoveRange(keep, _browser.Count - keep);
            string[] added = [.. read.RootElement.GetProperty("rows").EnumerateArray().Select(x => x[0].GetString()!)];
            _browser.InsertRange(0, added);
            _sent += added.Length;
        }

        Assert.Equal(events.Select(x => x.Cursor), _browser);
    }

    private static LiveEvent Event(string cursor) => new("job", "update", "", "", cursor, default, "1", "n", "");
}
