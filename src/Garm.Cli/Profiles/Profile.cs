using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Garm.Cli.Terminal;

namespace Garm.Cli.Profiles;

/// <summary>A server and the token for it.</summary>
/// <param name="Url">The base URL.</param>
/// <param name="Username">Who the token belongs to.</param>
/// <param name="Token">The token; never printed.</param>
internal sealed record Profile(string Url, string Username, string Token)
{
    public const string DefaultName = "default";

    /// <summary>The base URLs of further nodes of the same hub, in the order in which they are tried; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? MoreUrls { get; init; }

    /// <summary>All base URLs.</summary>
    [JsonIgnore]
    public IReadOnlyList<Uri> Addresses => [new Uri(Url), .. (MoreUrls ?? []).Select(x => new Uri(x))];

    public static Profile Of(IReadOnlyList<Uri> addresses, string username, string token)
    {
        var urls = addresses.Select(x => x.AbsoluteUri.TrimEnd('/')).ToList();
        return new Profile(urls[0], username, token) { MoreUrls = urls.Count > 1 ? urls[1..] : null };
    }

    public override string ToString() => $"{Username} at {Url}";
}

/// <summary>Everything in the file.</summary>
/// <param name="Active">The profile that commands use when none is named.</param>
/// <param name="Profiles">The profiles by their name.</param>
internal sealed record ProfileSet(string? Active, ImmutableSortedDictionary<string, Profile> Profiles)
{
    public static ProfileSet Empty { get; } =
        new(null, ImmutableSortedDictionary.Create<string, Profile>(StringComparer.Ordinal));

    /// <summary>Adds or replaces a profile and makes it the active one.</summary>
    public ProfileSet With(string name, Profile profile) => new(name, Profiles.SetItem(name, profile));

    /// <summary>Replaces a profile, and leaves the active one as it is.</summary>
    public ProfileSet Replacing(string name, Profile profile) => this with { Profiles = Profiles.SetItem(name, profile) };

    /// <summary>Removes a profile; if it was the active one, none is active then.</summary>
    public ProfileSet Without(string name) => new(Active == name ? null : Active, Profiles.Remove(name));

    /// <summary>The named profile, or the active one when no name is given.</summary>
    public (string Name, Profile Profile) Get(string? name)
    {
        if ((name ?? Active) is not { } wanted)
        {
            throw CliFailure.Failed(Profiles.IsEmpty
                ? "there is no profile yet; run 'garmctl init' for a new server or 'garmctl login' for a running one"
                : $"no profile is active; name one ({Names}) with --name or run 'garmctl profile switch <name>'");
        }

        return Profiles.TryGetValue(wanted, out var profile)
            ? (wanted, profile)
            : throw CliFailure.Failed($"there is no profile '{wanted}'; there is: {Names}");
    }

    private string Names => Profiles.IsEmpty ? "none" : string.Join(", ", Profiles.Keys);
}
