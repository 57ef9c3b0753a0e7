using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.WebConsole.Tests.Fleet;

/// <summary>Changes as the log holds them.</summary>
internal static class Changes
{
    public static Change Of(
        EntityType type, ChangeOperation operation, object payload, DateTimeOffset at, object? before = null, long position = 1, string source = "")
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(payload);
        using var document = JsonDocument.Parse(json);
        return new Change(new LogPosition(position), type, operation, document.RootElement.GetProperty("id").ToString(), json, at)
        {
            Before = before is null ? default(ReadOnlyMemory<byte>) : JsonSerializer.SerializeToUtf8Bytes(before),
            Source = source,
        };
    }

    public static Change Runner(ChangeOperation operation, string id, string runnerStatus, DateTimeOffset at, string? was = null) => Of(
        EntityType.Instance, operation, new { id, name = id, status = "running", runner_status = runnerStatus, pool_id = "p" }, at,
        operation == ChangeOperation.Update ? was is null ? new { } : new { runner_status = was } : null);

    public static Change Job(ChangeOperation operation, long id, string status, DateTimeOffset at, DateTimeOffset created, string? was = null) => Of(
        EntityType.Job, operation, new { id, name = "build", status, created_at = created }, at, was is null ? null : new { status = was });
}
