using System.Globalization;
using System.Text;
using Garm.Actors.Nodes;
using Garm.Actors.Sessions;
using Garm.Data;
using Garm.WebConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace Garm.WebConsole.Pages;

/// <summary>The event sessions with their lag; ends a session.</summary>
public sealed partial class SessionsPage
{
    private const int Most = 200;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private SessionList? _list;
    private IReadOnlyList<NodeSession> _shown = [];
    private int _found;
    private string? _problem;
    private ITimer? _timer;
    private bool _isReading;

    [Inject] private ISessionDirectory Sessions { get; set; } = null!;

    [Inject] private AdminActions Actions { get; set; } = null!;

    /// <summary>The search.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    /// <summary>The column that orders; with <c>-</c> before it, downwards.</summary>
    [SupplyParameterFromQuery] public string? Sort { get; set; }

    private string SortBy => (Sort ?? "-behind").TrimStart('-');

    private bool IsDescending => (Sort ?? "-behind").StartsWith('-');

    private string Heading => _list is null ? "" : _shown.Count == _found ? Number(_found) : $"{_shown.Count} of {Number(_found)}: the search narrows it";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        base.OnInitialized();
        _timer = Time.CreateTimer(_ => Refresh(), null, Period, Period);
        await ReadAsync();
    }

    /// <inheritdoc />
    protected override void OnParametersSet() => Show();

    /// <inheritdoc />
    protected override async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    /// <inheritdoc />
    protected override void Close() => _timer?.Dispose();

    private async Task ReadAsync()
    {
        if (_isReading) return; // A node that does not answer makes it take longer than the period.
        _isReading = true;
        try
        {
            (_list, _problem) = (await Sessions.ListAsync(Gone), null);
            Show();
        }
        catch (Exception e) when (e is Akka.Actor.AskTimeoutException or TimeoutException)
        {
            _problem = "The node's sessions did not answer.";
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        finally
        {
            _isReading = false;
        }
    }

    private void Show()
    {
        var found = (_list?.Sessions ?? []).Where(IsWanted).ToList();
        _found = found.Count;
        Func<NodeSession, IComparable> key = SortBy switch
        {
            "user" => x => x.Session.User,
            "address" => x => x.Session.Address,
            "node" => x => x.Node,
            "queued" => x => x.Session.QueuedBytes,
            "since" => x => x.Session.Since,
            _ => x => x.Session.Behind ?? long.MaxValue,
        };
        var ordered = IsDescending ? found.OrderByDescending(key) : found.OrderBy(key);
        _shown = [.. ordered.ThenBy(x => x.Session.Id.Value).Take(Most)];
    }

    private bool IsWanted(NodeSession row) =>
        string.IsNullOrEmpty(Query)
        || Has(row.Session.User) || Has(row.Session.Address) || Has(row.Node) || Has(row.Session.State) || Has(row.Session.Transport)
        || Has(row.Session.Id.ToString()) || Has(FilterOf(row.Session));

    private bool Has(string text) => text.Contains(Query!, StringComparison.OrdinalIgnoreCase);

    private void OrderBy(string column) => Keep("sort", column == SortBy && !IsDescending ? $"-{column}" : column);

    private async Task EndAsync(string node, SessionInfo session)
    {
        var isMeant = await Actions.ConfirmAsync(
            $"End the session of {session.User}?",
            $"Its connection from {session.Address} to {node} is closed after what is queued for it. A client that means to may come back at once.", "End it");
        if (!isMeant) return;
        _problem = await Actions.TryAsync($"Ended the session of {session.User} ({session.Id})", async _ =>
        {
            var end = await Sessions.EndAsync(session.Id, CancellationToken.None);
            if (end.IsFound) return;
            throw end.UnansweredNodes.IsEmpty
                ? GarmException.NotFound("The session had ended already.")
                : GarmException.Unavailable($"These nodes did not answer, and one of them may have it: {string.Join(", ", end.UnansweredNodes)}");
        });
        await ReadAsync();
    }

    private static string FilterOf(SessionInfo session) =>
        session.Filter.Length > 0 ? Encoding.UTF8.GetString(session.Filter.Span)
        : session.FilterBytes > 0 ? $"{Number(session.FilterBytes)} bytes: too long to be shown"
        : "none yet";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes switch
    {
        < 1_024 => $"{bytes} B",
        < 1_024 * 1_024 => $"{bytes / 1_024} KiB",
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1_024.0 * 1_024):0.0} MiB"),
    };
}
