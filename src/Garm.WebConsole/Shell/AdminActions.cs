using Garm.Data;
using Garm.WebConsole.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MudBlazor;

namespace Garm.WebConsole.Shell;

/// <summary>
/// Carries out what an administrator asks for on a page: only while the user is logged in, in a scope of its own, with the result said. Actions
/// come over the circuit, which only a page of the hub itself can open.
/// </summary>
internal sealed class AdminActions(
    ConsoleUser user, IServiceScopeFactory scopes, ISnackbar snackbar, IDialogService dialogs, ILogger<AdminActions> logger)
{
    private static readonly Action<ILogger, string, string, Exception?> TellDone = LoggerMessage.Define<string, string>(
        LogLevel.Information, new EventId(1201, "ConsoleAction"), "Console: {User}: {Action}");

    /// <summary>Does it; null when it is done, else why it was refused.</summary>
    /// <param name="done">What is said afterwards, to people and in the log.</param>
    /// <param name="action">What is done.</param>
    public async Task<string?> TryAsync(string done, Func<IServiceProvider, Task> action)
    {
        try
        {
            user.Require();
            await using var scope = scopes.CreateAsyncScope();
            await action(scope.ServiceProvider);
            TellDone(logger, user.Name, done, null);
            snackbar.Add(done, Severity.Success);
            return null;
        }
        catch (Exception e) when (e is GarmException or TimeoutException or System.Data.Common.DbException)
        {
            return ProblemText.Of(e);
        }
    }

    /// <summary>Asks before something is done that cannot be taken back.</summary>
    public async Task<bool> ConfirmAsync(string title, string question, string yes) =>
        await dialogs.ShowMessageBoxAsync(title, question, yesText: yes, cancelText: "Cancel") == true;

    /// <summary>Reads for the page.</summary>
    public async Task<T> ReadAsync<T>(Func<IServiceProvider, Task<T>> read)
    {
        user.Require();
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider);
    }
}
