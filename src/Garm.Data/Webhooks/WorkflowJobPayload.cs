using System.Text.Json;
using System.Text.Json.Serialization;
using Garm.Contracts.Json;

namespace Garm.Data.Webhooks;

/// <summary>
/// The fields of a <c>workflow_job</c> delivery of GitHub or Gitea that the hub reads. All are optional, as in GARM; the code that
/// uses a field checks it. (The payload types of Octokit.Webhooks do not fit: they refuse a delivery that
/// lacks one of GitHub's many fields, and Gitea's always do.)
/// </summary>
internal sealed record WorkflowJobPayload
{
    [JsonPropertyName("action")] public string? Action { get; init; }

    [JsonPropertyName("workflow_job")] public WorkflowJobPart Job { get; init; } = new();

    [JsonPropertyName("repository")] public RepositoryPart? Repository { get; init; }

    [JsonPropertyName("organization")] public OrganizationPart? Organization { get; init; }

    [JsonPropertyName("enterprise")] public EnterprisePart? Enterprise { get; init; }

    /// <summary>Parses a delivery's body.</summary>
    /// <exception cref="GarmException">400: not JSON, or a field that is read has the wrong type or an invalid text.</exception>
    public static WorkflowJobPayload Read(byte[] body)
    {
        if (body.Length == 0) throw GarmException.BadRequest("missing job data");
        try
        {
            return JsonSerializer.Deserialize<WorkflowJobPayload>(body, GarmJson.Requests) ?? new WorkflowJobPayload();
        }
        catch (JsonTextException e)
        {
            throw Invalid($"json: {e.Describe()}");
        }
        catch (JsonException e) when (!IsJson(body))
        {
            throw Invalid($"json: the body is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
        catch (JsonException e)
        {
            var path = e.Path is null or "$" ? "the body" : e.Path.Replace("$.", "");
            throw Invalid($"json: {path} has a value of the wrong type");
        }
    }

    private static bool IsJson(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static GarmException Invalid(string fault) => GarmException.BadRequest($"invalid job data {fault}: invalid request");
}

/// <summary>The job itself.</summary>
internal sealed record WorkflowJobPart
{
    [JsonPropertyName("id")] public long? Id { get; init; }

    [JsonPropertyName("run_id")] public long? RunId { get; init; }

    /// <summary>The URL that identifies the forge.</summary>
    [JsonPropertyName("html_url")] public string? HtmlUrl { get; init; }

    [JsonPropertyName("status")] public string? Status { get; init; }

    [JsonPropertyName("conclusion")] public string? Conclusion { get; init; }

    [JsonPropertyName("started_at")] public DateTimeOffset? StartedAt { get; init; }

    [JsonPropertyName("completed_at")] public DateTimeOffset? CompletedAt { get; init; }

    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("labels")] public IReadOnlyList<string?>? Labels { get; init; }

    [JsonPropertyName("runner_id")] public long? RunnerId { get; init; }

    [JsonPropertyName("runner_name")] public string? RunnerName { get; init; }

    [JsonPropertyName("runner_group_id")] public long? RunnerGroupId { get; init; }

    [JsonPropertyName("runner_group_name")] public string? RunnerGroupName { get; init; }
}

/// <summary>The repository of the workflow.</summary>
internal sealed record RepositoryPart
{
    [JsonPropertyName("name")] public string? Name { get; init; }

    [JsonPropertyName("owner")] public OwnerPart? Owner { get; init; }
}

/// <summary>The repository's owner.</summary>
internal sealed record OwnerPart
{
    [JsonPropertyName("login")] public string? Login { get; init; }
}

/// <summary>The organization of the repository, if it has one.</summary>
internal sealed record OrganizationPart
{
    /// <summary>GitHub's name for it.</summary>
    [JsonPropertyName("login")] public string? Login { get; init; }

    /// <summary>Gitea's name for it.</summary>
    [JsonPropertyName("username")] public string? UserName { get; init; }

    /// <summary>Gitea's name for it in newer versions.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }
}

/// <summary>The enterprise of the organization, if it has one.</summary>
internal sealed record EnterprisePart
{
    [JsonPropertyName("slug")] public string? Slug { get; init; }
}
