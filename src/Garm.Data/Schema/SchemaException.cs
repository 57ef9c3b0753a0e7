namespace Garm.Data.Schema;

/// <summary>A database has another schema than this build. The message says which, and what to do.</summary>
public sealed class SchemaException(string message) : Exception(message);
