using Garm.Golden.Running;
using Garm.TestUtilities;
using Microsoft.Data.Sqlite;

namespace Garm.WebConsole.Tests.Hub;

/// <summary>A hub in a process of its own, with an administrator and a fleet.</summary>
public sealed class ConsoleHub : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("garm-console-").FullName;
    private RunningHost? _host;

    public const string Username = "admin";

    internal static string Password => GoldenServer.Fresh(new Uri("http://nowhere")).Password;

    internal RunningHost Host => _host ?? throw new InvalidOperationException("the hub has not started");

    internal FleetScript Fleet { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.SkipReason is not null) return; // A fixture is made for skipped tests too.
        _host = await RunningHost.StartAsync(new Dictionary<string, string?> { ["Garm:DataDirectory"] = _data });
        var server = await GoldenServer.InitialiseAsync(_host.BaseUrl);
        Fleet = new FleetScript(_host.BaseUrl, server.Token!);
        await Fleet.MakeAsync();
    }

    /// <summary>Spreads what has happened over the last hour, as if the fleet had been there for that long.</summary>
    public async Task SpreadOverTheLastHourAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Directory.GetFiles(_data, "*.db").Single()}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            UPDATE change_log SET committed_at = strftime('%Y-%m-%d %H:%M:%f', 'now',
                '-' || CAST(3300 * (1.0 - 1.0 * position / (SELECT MAX(position) FROM change_log)) AS TEXT) || ' seconds')
            """;
        await command.ExecuteNonQueryAsync();

        // A job says itself when it was made.
        command.CommandText =
            """
            UPDATE change_log SET payload = json_replace(payload, '$.created_at', (SELECT strftime('%Y-%m-%dT%H:%M:%SZ', MIN(first.committed_at))
                FROM change_log AS first WHERE first.entity_type = 'job' AND first.entity_id = change_log.entity_id))
            WHERE entity_type = 'job'
            """;
        await command.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        Fleet?.Dispose();
        if (_host is not null) await _host.DiscardAsync();
        Directory.Delete(_data, recursive: true);
    }
}
