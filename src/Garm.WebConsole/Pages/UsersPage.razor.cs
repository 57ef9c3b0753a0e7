using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Users;
using Garm.WebConsole.Access;
using Garm.WebConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Garm.WebConsole.Pages;

/// <summary>The hub's users.</summary>
public sealed partial class UsersPage
{
    private IReadOnlyList<UserView>? _users;
    private UserForm? _form;
    private string? _formProblem;
    private string? _problem;
    private bool _isBusy;

    [Inject] private AdminActions Actions { get; set; } = null!;

    [Inject] private ConsoleUser Me { get; set; } = null!;

    /// <summary>The search.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    private List<UserView> Shown => [.. (_users ?? []).Where(x => Has(x.Username) || Has(x.Email) || Has(x.FullName))];

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
            _users = await Actions.ReadAsync(x => x.GetRequiredService<UserStore>().ListAsync(Gone));
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

    private bool Has(string? text) => string.IsNullOrEmpty(Query) || text?.Contains(Query, StringComparison.OrdinalIgnoreCase) == true;

    private void BeginNew() => (_form, _formProblem) = (new UserForm(), null);

    private void BeginPassword(UserView user) =>
        (_form, _formProblem) = (new UserForm { Id = Guid.Parse(user.Id!), Username = user.Username ?? "" }, null);

    private async Task SaveAsync()
    {
        if (_form is not { } form || _isBusy) return;
        _isBusy = true;
        _formProblem = await Actions.TryAsync(
            form.Id is null ? $"Added the user {form.Username}" : $"Set the password of {form.Username}",
            async services =>
            {
                var store = services.GetRequiredService<UserStore>();
                if (form.Id is { } id) await store.UpdateAsync(id, new UpdateUserRequest { Password = form.Password }, CancellationToken.None);
                else await store.CreateAsync(form.ToCreate(), CancellationToken.None);
            });
        _isBusy = false;
        if (_formProblem is not null) return;
        _form = null;
        await ReadAsync();
    }

    private async Task EnableAsync(UserView user)
    {
        if (user.Enabled && IsMe(user) && !await Actions.ConfirmAsync("Disable yourself?", "You are signed out at once, here and everywhere.", "Disable"))
            return;
        _problem = await Actions.TryAsync(
            $"{(user.Enabled ? "Disabled" : "Enabled")} {user.Username}",
            services => services.GetRequiredService<UserStore>().UpdateAsync(
                Guid.Parse(user.Id!), new UpdateUserRequest { Enabled = !user.Enabled }, CancellationToken.None));
        await ReadIfHereAsync();
    }

    private async Task RemoveAsync(UserView user)
    {
        var isMeant = await Actions.ConfirmAsync(
            $"Remove {user.Username}?", "Their connections end. Templates of the user become the system's.", "Remove");
        if (!isMeant) return;
        _problem = await Actions.TryAsync(
            $"Removed {user.Username}", services => services.GetRequiredService<UserStore>().DeleteAsync(Guid.Parse(user.Id!), CancellationToken.None));
        await ReadIfHereAsync();
    }

    // Who has just signed themselves out reads nothing more.
    private Task ReadIfHereAsync() => Me.Ended is null ? ReadAsync() : Task.CompletedTask;

    private bool IsMe(UserView user) => user.Id == Me.Grant?.UserId.ToString();

    private sealed class UserForm
    {
        public Guid? Id { get; init; }

        public string Username { get; set; } = "";

        public string Email { get; set; } = "";

        public string FullName { get; set; } = "";

        public string Password { get; set; } = "";

        public bool IsAdmin { get; set; }

        public CreateUserRequest ToCreate() => new()
        {
            Username = Username.Trim(),
            Email = Email.Trim(),
            FullName = FullName.Trim(),
            Password = Password,
            IsAdmin = IsAdmin,
        };
    }
}
