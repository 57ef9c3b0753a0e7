using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Sources;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Sources;
using Garm.WebConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.WebConsole.Pages;

/// <summary>The mirrored servers: how they are, and adding, changing and removing them.</summary>
public sealed partial class SourcesPage
{
    private IReadOnlyList<SourceView>? _sources;
    private SourceForm? _form;
    private string? _formProblem;
    private string? _problem;
    private bool _isBusy;

    [Inject] private AdminActions Actions { get; set; } = null!;

    [Inject] private IRequiredActor<SourcesActor> Mirror { get; set; } = null!;

    /// <summary>The search.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    /// <summary>The source that is shown in full.</summary>
    [SupplyParameterFromQuery] public string? Name { get; set; }

    private List<SourceView> Shown => [.. (_sources ?? []).Where(x =>
        string.IsNullOrEmpty(Query) || x.Name.Contains(Query, StringComparison.OrdinalIgnoreCase) || x.Url.Contains(Query, StringComparison.OrdinalIgnoreCase)
        || x.Status.State.Contains(Query, StringComparison.OrdinalIgnoreCase))];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        base.OnInitialized();
        await ReadAsync();
    }

    /// <inheritdoc />
    protected override async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            _sources = await Actions.ReadAsync(x => x.GetRequiredService<SourceStore>().ListAsync(Gone));
        }
        catch (Exception e) when (e is TimeoutException or System.Data.Common.DbException)
        {
            _problem = ProblemText.Of(e);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private void BeginNew() => (_form, _formProblem) = (new SourceForm { IsNew = true }, null);

    private void BeginChange(SourceView source) => (_form, _formProblem) = (
        new SourceForm
        {
            Name = source.Name,
            Url = source.Url,
            Username = source.Username,
            RelistSeconds = source.RelistSeconds,
            Hosts = string.Join(", ", source.Hosts),
            Enabled = source.Enabled,
        },
        null);

    private async Task SaveAsync()
    {
        if (_form is not { } form || _isBusy) return;
        _isBusy = true;
        _formProblem = await Actions.TryAsync(
            form.IsNew ? $"Added the source {form.Name}" : $"Changed the source {form.Name}",
            async services =>
            {
                var store = services.GetRequiredService<SourceStore>();
                if (form.IsNew) await store.CreateAsync(form.ToCreate(), CancellationToken.None);
                else await store.UpdateAsync(form.Name, form.ToUpdate(), CancellationToken.None);
                await TellAsync();
            });
        _isBusy = false;
        if (_formProblem is not null) return;
        _form = null;
        await ReadAsync();
    }

    private async Task EnableAsync(SourceView source)
    {
        _problem = await Actions.TryAsync(
            $"{(source.Enabled ? "Disabled" : "Enabled")} the source {source.Name}",
            async services =>
            {
                await services.GetRequiredService<SourceStore>().UpdateAsync(
                    source.Name, new UpdateSourceRequest { Enabled = !source.Enabled }, CancellationToken.None);
                await TellAsync();
            });
        await ReadAsync();
    }

    private async Task RemoveAsync(SourceView source)
    {
        var isMeant = await Actions.ConfirmAsync(
            $"Remove the source {source.Name}?",
            $"Its {source.Status.Entities} mirrored entities get delete events. The server itself is not touched.", "Remove");
        if (!isMeant) return;
        _problem = await Actions.TryAsync(
            $"Removed the source {source.Name}",
            async services =>
            {
                await services.GetRequiredService<SourceStore>().RemoveAsync(source.Name, CancellationToken.None);
                await TellAsync();
            });
        await ReadAsync();
    }

    private async Task TellAsync() => (await Mirror.GetAsync()).Tell(LookAtSources.Instance, ActorRefs.NoSender);

    private sealed class SourceForm
    {
        public bool IsNew { get; init; }

        public string Name { get; set; } = "";

        public string Url { get; set; } = "";

        public string Username { get; set; } = "";

        public string Password { get; set; } = "";

        public string CaBundle { get; set; } = "";

        public long RelistSeconds { get; set; } = 60;

        public string Hosts { get; set; } = "";

        public bool Enabled { get; set; } = true;

        private string[] HostList => Hosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        public CreateSourceRequest ToCreate() => new()
        {
            Name = Name.Trim(),
            Url = Url.Trim(),
            Username = Username,
            Password = Password,
            CaCertBundle = CaBundle.Length > 0 ? CaBundle : null,
            RelistSeconds = RelistSeconds,
            Hosts = HostList,
            Enabled = Enabled,
        };

        public UpdateSourceRequest ToUpdate() => new()
        {
            Url = Url.Trim(),
            Username = Username,
            Password = Password.Length > 0 ? Password : null,
            CaCertBundle = CaBundle.Length > 0 ? CaBundle : null,
            RelistSeconds = RelistSeconds,
            Hosts = HostList,
            Enabled = Enabled,
        };
    }
}
