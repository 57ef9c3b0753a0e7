using System.Reflection;

namespace Garm.Host.Commands;

/// <summary>Checks the command line, which holds settings, <c>--help</c> or <c>--version</c>.</summary>
internal static class Arguments
{
    private const string Usage =
        """
        Garm.Host                                   runs the hub, on http://127.0.0.1:9997, with its data in ./data
        Garm.Host --urls http://0.0.0.0:9997 --Garm:Jwt:TimeToLive=12h
                                                    runs it with settings: --<key>=<value> or --<key> <value>
        Garm.Host check-health <url>                asks a running hub; exit code 0 when it answers with success
        Garm.Host backup <file> [settings]          copies the SQLite database into a new file, also while the hub runs
        Garm.Host --help | --version

        Each setting may be an environment variable too (Garm__Jwt__TimeToLive). docs/configuration.md lists them.
        Exit codes: 0 asked to stop, 1 cannot start, 2 a wrong setting or argument.
        """;

    /// <summary>The answer to <c>--help</c> and <c>--version</c>; null when neither is given.</summary>
    public static string? Answer(IReadOnlyList<string> arguments) => arguments switch
    {
        ["--help" or "-h" or "-?"] => Usage,
        ["--version"] => typeof(Arguments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        _ => null,
    };

    /// <summary>What is wrong with the arguments; null when they are valid. The framework ignores arguments that it does not know.</summary>
    public static string? Problem(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Contains('=')) continue;
            if (argument.Length <= 2 || !argument.StartsWith("--", StringComparison.Ordinal))
                return $"\"{argument}\" is not accepted; accepted: --<key>=<value>, check-health <url>, backup <file>, --help, --version";
            if (++i == arguments.Count || arguments[i].StartsWith("--", StringComparison.Ordinal))
                return $"{argument} has no value; accepted: {argument}=<value>";
        }

        return null;
    }
}
