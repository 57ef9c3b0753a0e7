using System.Text;
using Garm.Data.Model;

namespace Garm.Data.Templates;

/// <summary>The templates of a new database; their names are GARM's, their scripts are the hub's.</summary>
internal static class BuiltInTemplates
{
    /// <summary>New, unsaved templates, in the order of GARM's keys.</summary>
    public static IEnumerable<Template> Create() =>
    [
        Make(ForgeTypes.Github, OsTypes.Windows),
        Make(ForgeTypes.Github, OsTypes.Linux),
        Make(ForgeTypes.Gitea, OsTypes.Linux),
        Make(ForgeTypes.Gitea, OsTypes.Windows),
    ];

    private static Template Make(string forge, string system) => new()
    {
        Name = $"{forge}_{system}",
        Description = $"Default {Title(system)} runner install template for {(forge == ForgeTypes.Github ? "GitHub" : "Gitea")}",
        OsType = system,
        ForgeType = forge,
        Data = Encoding.UTF8.GetBytes(Script(system)),
    };

    private static string Title(string system) => char.ToUpperInvariant(system[0]) + system[1..];

    /// <summary>
    /// The script only reports that the hub installs no runners: the runner provider installs them.
    /// </summary>
    private static string Script(string system) => system == OsTypes.Windows
        ? "Write-Error 'This hub installs no runners: replace this template by your own.'\r\nexit 1\r\n"
        : "#!/bin/sh\necho 'This hub installs no runners: replace this template by your own.' >&2\nexit 1\n";
}
