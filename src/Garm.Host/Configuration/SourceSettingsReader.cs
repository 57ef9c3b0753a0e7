using System.Text;
using Garm.Contracts.Requests;
using Garm.Data;
using Garm.Data.Sources;

namespace Garm.Host.Configuration;

/// <summary>A source of the settings.</summary>
/// <param name="Key">The key that it is under, such as <c>Garm:Sources:0</c>.</param>
/// <param name="Request">What it is to be like.</param>
internal sealed record ConfiguredSource(string Key, CreateSourceRequest Request);

/// <summary>Reads <c>Garm:Sources</c>.</summary>
internal static class SourceSettingsReader
{
    /// <summary>Reads and checks them all.</summary>
    /// <exception cref="SettingException">One is wrong.</exception>
    public static IReadOnlyList<ConfiguredSource> Read(SettingsSection root)
    {
        var sources = root.Children("Sources").Select(ReadOne).ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var hosts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            if (!names.Add(source.Request.Name!)) throw new SettingException($"{source.Key}:Name", $"\"{source.Request.Name}\" is there twice", "each name once");
            if (source.Request.Hosts!.FirstOrDefault(x => !hosts.Add(x)) is { } twice)
                throw new SettingException($"{source.Key}:Hosts", $"\"{twice}\" is there twice", "each host name once");
        }

        return sources;
    }

    private static ConfiguredSource ReadOne(SettingsSection section)
    {
        var bundle = section.Text("CaBundlePath") is { } path ? ReadFile(section, "CaBundlePath", path, "a file with PEM certificates") : "";
        return new ConfiguredSource(section.Path, new CreateSourceRequest
        {
            Name = Check(section, "Name", section.Required("Name"), SourceRules.Name, "lower-case letters, digits and hyphens, up to 63"),
            Url = Check(
                section, "Url", section.Required("Url"), SourceRules.Url, "an absolute http or https URL without /api/v1, such as https://garm.example.com"),
            Username = section.Required("Username"),
            Password = ReadPassword(section),
            CaCertBundle = Encoding.UTF8.GetString(
                Check(section, "CaBundlePath", bundle, SourceRules.Bundle, "a file with PEM certificates, and no private key")),
            RelistSeconds = section.Number("RelistSeconds", SourceRules.DefaultRelistSeconds, 1, SourceRules.MostRelistSeconds),
            Hosts = Check(section, "Hosts", section.List("Hosts"), SourceRules.Hosts, "host names such as garm.example.com, each with a port where it is part of the name"),
        });
    }

    private static string ReadPassword(SettingsSection section)
    {
        var path = section.Text("PasswordFile");
        if (section.Text("Password") is { } password)
        {
            return path is null
                ? password
                : throw new SettingException($"{section.Path}:PasswordFile", "there is Password too", "one of Password and PasswordFile");
        }

        if (path is null) throw section.Missing("Password", "the password, or its file in PasswordFile");
        var text = ReadFile(section, "PasswordFile", path, "a file with the password").TrimEnd('\r', '\n');
        return text.Length > 0 ? text : throw new SettingException($"{section.Path}:PasswordFile", $"\"{path}\" is empty", "a file with the password");
    }

    private static string ReadFile(SettingsSection section, string key, string path, string accepted)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException($"{section.Path}:{key}", $"\"{path}\" cannot be read ({e.Message.TrimEnd('.')})", accepted);
        }
    }

    private static TOut Check<TIn, TOut>(SettingsSection section, string key, TIn value, Func<TIn, TOut> check, string accepted)
    {
        try
        {
            return check(value);
        }
        catch (GarmException e)
        {
            throw new SettingException($"{section.Path}:{key}", e.Message, accepted);
        }
    }
}
