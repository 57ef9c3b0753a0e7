using System.Text;
using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Log.Sources;

namespace Garm.Actors.Tests.Sources;

/// <summary>The tables of one source: settings, lease, mirror and log. What is written is compared as in the database.</summary>
internal sealed class MirrorInMemory : ISourceRegistry, ISourceLeases, ISourceMirror
{
    private readonly Lock _gate = new();
    private readonly List<string> _log = [];
    private long _token;

    public Dictionary<MirrorKey, string> States { get; } = [];

    public SourceSettings? Settings { get; set; } = new(Guid.NewGuid(), "east", 1)
    {
        Url = "https://garm.example.com",
        Username = "admin",
        Password = "secret",
        IsEnabled = true,
        RelistEvery = TimeSpan.FromSeconds(10),
    };

    /// <summary>Whether somebody holds the lease.</summary>
    public bool IsHeld { get; set; }

    /// <summary>What each write fails with; null when it works.</summary>
    public Exception? WriteFault { get; set; }

    /// <summary>What each write fails with after it was done; null when it is answered.</summary>
    public Exception? AnswerFault { get; set; }

    /// <summary>Done at each write, before it.</summary>
    public Action? OnWrite { get; set; }

    public SourceReport? Report { get; private set; }

    /// <summary>What was logged, as <c>create proxy 1</c>.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_gate) return [.. _log];
        }
    }

    public string? PayloadOf(EntityType type, string id)
    {
        lock (_gate) return States.GetValueOrDefault(new MirrorKey(type, id));
    }

    /// <summary>Another node takes the source.</summary>
    public void TakeOver()
    {
        lock (_gate) _token++;
    }

    public void Forget()
    {
        lock (_gate) _log.Clear();
    }

    public Task<IReadOnlyList<SourceSettings>> ReadAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<SourceSettings>>(Settings is { } x
                ? [x with { ControllerId = Report?.ControllerId ?? "", Repairs = Report?.Repairs ?? 0, LastListAt = Report?.LastListAt }]
                : []);
        }
    }

    public Task<bool> ReportAsync(SourceLease lease, SourceReport report, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (lease.Token == _token) Report = report;
            return Task.FromResult(lease.Token == _token);
        }
    }

    public Task<bool> RemoveAsync(SourceLease lease, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (lease.Token == _token) Settings = null;
            return Task.FromResult(lease.Token == _token);
        }
    }

    public Task<SourceLease?> TryAcquireAsync(Guid sourceId, TimeSpan timeToLive, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (IsHeld) return Task.FromResult<SourceLease?>(null);
            IsHeld = true;
            return Task.FromResult<SourceLease?>(new SourceLease(sourceId, "here", ++_token));
        }
    }

    public Task<bool> RenewAsync(SourceLease lease, TimeSpan timeToLive, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(lease.Token == _token);
    }

    public Task ReleaseAsync(SourceLease lease, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (lease.Token == _token) IsHeld = false;
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<string>> ReadKeysAsync(string source, EntityType type, string after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. States.Keys.Where(x => x.Type == type && string.CompareOrdinal(x.Id, after) > 0)
                .Select(x => x.Id).Order(StringComparer.Ordinal).Take(limit)]);
        }
    }

    public Task<IReadOnlyList<MirroredState>> FindAsync(
        string source, EntityType type, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<MirroredState>>([.. ids.Select(x => new MirrorKey(type, x)).Where(States.ContainsKey)
                .Select(x => new MirroredState(x, Encoding.UTF8.GetBytes(States[x])))]);
        }
    }

    public Task<MirrorWritten?> WriteAsync(
        SourceLease lease, string source, IReadOnlyList<MirrorChange> changes, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (WriteFault is { } fault) throw fault;
            if (lease.Token != _token) return Task.FromResult<MirrorWritten?>(null);
            Assert.Equal(changes.Count, changes.Select(x => x.Key).Distinct().Count());
            var written = new MirrorWritten(new List<MirrorKey>(), new List<MirrorKey>(), new List<MirrorKey>());
            OnWrite?.Invoke();
            foreach (var change in changes) Write(change, written);
            if (AnswerFault is { } unanswered) throw unanswered;
            return Task.FromResult<MirrorWritten?>(written);
        }
    }

    private void Write(MirrorChange change, MirrorWritten written)
    {
        var before = States.GetValueOrDefault(change.Key);
        if (change.IsDeletion)
        {
            if (!States.Remove(change.Key)) return;
            ((List<MirrorKey>)written.Deleted).Add(change.Key);
            Add("delete", change);
            return;
        }

        var payload = Encoding.UTF8.GetString(change.Payload.Span);
        if (before is null)
        {
            ((List<MirrorKey>)written.Created).Add(change.Key);
            Add("create", change);
        }
        else
        {
            using var old = JsonDocument.Parse(before);
            using var told = JsonDocument.Parse(payload);
            if (MirrorComparison.IsSameEvent(change.Key.Type, old.RootElement, told.RootElement)) return;
            if (!change.IsListed && MirrorComparison.IsOlder(old.RootElement, told.RootElement)) return;
            ((List<MirrorKey>)written.Updated).Add(change.Key);
            Add("update", change);
        }

        States[change.Key] = payload;
    }

    private void Add(string operation, MirrorChange change) => _log.Add($"{operation} {change.Key.Type.WireName()} {change.Key.Id}");
}
