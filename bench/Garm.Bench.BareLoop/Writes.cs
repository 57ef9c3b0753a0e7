using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Garm.Bench.BareLoop;

/// <summary>
/// The two writes that are compared, each one durable transaction of two statements: the entity's row, and the row of a log. The caller is
/// checked (a token, a signature), the answer is sent after the commit, and then the event goes to the listeners.
/// </summary>
internal sealed class Writes
{
    private readonly byte[] _secret;
    private readonly FanOut _fanOut;
    private readonly JsonWebTokenHandler _tokens = new();
    private readonly TokenValidationParameters _validation;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _job;
    private readonly SqliteCommand _log;

    /// <param name="file">The database, which is created.</param>
    /// <param name="secret">Signs the tokens (HS256) and the deliveries.</param>
    /// <param name="fanOut">Gets the events.</param>
    public Writes(string file, string secret, FanOut fanOut)
    {
        (_secret, _fanOut) = (Encoding.UTF8.GetBytes(secret), fanOut);
        _validation = new TokenValidationParameters
        {
            IssuerSigningKey = new SymmetricSecurityKey(_secret),
            ValidateIssuer = false,
            ValidateAudience = false,
        };
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute("""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE endpoints (name TEXT PRIMARY KEY, description TEXT NOT NULL, updated_at TEXT NOT NULL);
            CREATE TABLE jobs (id INTEGER PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL, updated_at TEXT NOT NULL);
            CREATE TABLE log (position INTEGER PRIMARY KEY, entity_type TEXT NOT NULL, operation TEXT NOT NULL, payload TEXT NOT NULL, at TEXT NOT NULL);
            INSERT INTO endpoints VALUES ('e0', '', ''), ('e1', '', ''), ('e2', '', ''), ('e3', '', '');
            """);
        _put = Command("UPDATE endpoints SET description = @text, updated_at = @at WHERE name = @name", "@text", "@at", "@name");
        _job = Command("INSERT INTO jobs VALUES (@id, @name, @status, @at)", "@id", "@name", "@status", "@at");
        _log = Command("INSERT INTO log (entity_type, operation, payload, at) VALUES (@type, @operation, @payload, @at)", "@type", "@operation", "@payload", "@at");
    }

    /// <summary><c>PUT /endpoints/{name}</c> with <c>{"description":"…"}</c>.</summary>
    public async Task PutAsync(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString();
        var checkedToken = await _tokens.ValidateTokenAsync(token.StartsWith("Bearer ", StringComparison.Ordinal) ? token[7..] : token, _validation);
        if (!checkedToken.IsValid)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var body = await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body);
        var (name, text, now) = ((string)context.Request.RouteValues["name"]!, (string)body!["description"]!, DateTime.UtcNow.ToString("O"));
        var payload = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["name"] = name,
            ["description"] = text,
            ["base_url"] = "https://ghes.example.com",
            ["api_base_url"] = "https://api.ghes.example.com",
            ["upload_base_url"] = "https://uploads.ghes.example.com",
            ["updated_at"] = now,
        });
        await WriteAsync(_put, ("github_endpoint", "update"), payload, now, text, now, name);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = payload.Length;
        await context.Response.Body.WriteAsync(payload);
    }

    /// <summary><c>POST /webhooks</c> with a queued job.</summary>
    public async Task TakeWebhookAsync(HttpContext context)
    {
        var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        var body = memory.ToArray();
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(_secret, body));
        if (!CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(context.Request.Headers["X-Hub-Signature-256"].ToString())))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var delivery = JsonDocument.Parse(body);
        var job = delivery.RootElement.GetProperty("workflow_job");
        var (id, name, now) = (job.GetProperty("id").GetInt64(), job.GetProperty("name").GetString()!, DateTime.UtcNow.ToString("O"));
        var payload = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["name"] = name, ["status"] = "queued", ["updated_at"] = now });
        await WriteAsync(_job, ("job", "create"), payload, now, id, name, "queued", now);
    }

    private async Task WriteAsync(SqliteCommand row, (string Type, string Operation) what, byte[] payload, string now, params object[] values)
    {
        await _writer.WaitAsync();
        try
        {
            using var transaction = _connection.BeginTransaction();
            for (var i = 0; i < values.Length; i++) row.Parameters[i].Value = values[i];
            (_log.Parameters[0].Value, _log.Parameters[1].Value) = what;
            (_log.Parameters[2].Value, _log.Parameters[3].Value) = (Encoding.UTF8.GetString(payload), now);
            (row.Transaction, _log.Transaction) = (transaction, transaction);
            row.ExecuteNonQuery();
            _log.ExecuteNonQuery();
            transaction.Commit();
        }
        finally
        {
            _writer.Release();
        }

        var frame = new MemoryStream();
        frame.Write(Encoding.UTF8.GetBytes($$"""{"entity-type":"{{what.Type}}","operation":"{{what.Operation}}","payload":"""));
        frame.Write(payload);
        frame.Write("}"u8);
        _fanOut.Publish(frame.ToArray());
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter(name, null));
        return command;
    }
}
