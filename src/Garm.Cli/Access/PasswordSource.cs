using Garm.Cli.Terminal;

namespace Garm.Cli.Access;

/// <summary>
/// Where a command has a password from: its option, the first line of stdin, an environment variable, or the person at the
/// terminal, in this order. It is read once and kept for the run.
/// </summary>
/// <param name="host">Stdin, environment and terminal.</param>
/// <param name="given">The value of <c>--password</c>; null or empty for none.</param>
/// <param name="fromStdin">Whether <c>--password-stdin</c> was given.</param>
/// <param name="variable">The environment variable.</param>
/// <param name="question">What is asked on a terminal.</param>
internal sealed class PasswordSource(CliHost host, string? given, bool fromStdin, string variable, string question)
{
    /// <summary>The password that the user logs in with.</summary>
    public const string OwnVariable = "GARM_PASSWORD";

    private string? _known;

    /// <summary>Whether the person at the terminal typed the password, and can be asked for another one.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>The password; null when none is given and no terminal can ask for it.</summary>
    public async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        if (_known is not null) return _known;
        if (fromStdin && !string.IsNullOrEmpty(given)) throw CliFailure.Usage("give --password or --password-stdin, not both");
        if (!string.IsNullOrEmpty(given)) return _known = given;
        if (fromStdin) return _known = await ReadStdinAsync(cancellationToken);
        if (host.Environment(variable) is { Length: > 0 } set) return _known = set;
        if (host.AskSecret is null) return null;
        WasAsked = true;
        return _known = await host.AskSecret(question, cancellationToken);
    }

    /// <summary>The password; a usage error when none is given and no terminal can ask for it.</summary>
    public async Task<string> GetAsync(CancellationToken cancellationToken) => await FindAsync(cancellationToken)
        ?? throw CliFailure.Usage($"no password: give --password-stdin, set {variable}, or run this on a terminal to be asked for it");

    /// <summary>Asks again; only after <see cref="WasAsked"/>.</summary>
    public async Task<string> AskAgainAsync(CancellationToken cancellationToken) =>
        _known = await host.AskSecret!(question, cancellationToken);

    private async Task<string> ReadStdinAsync(CancellationToken cancellationToken) =>
        await host.In.ReadLineAsync(cancellationToken) is { Length: > 0 } line
            ? line
            : throw CliFailure.Usage("--password-stdin: the first line of stdin is empty; it has to be the password");
}
