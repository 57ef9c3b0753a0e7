namespace Garm.Data.Engines;

/// <summary>The database is not set up as the hub needs it. The message says what is wrong, and what to do.</summary>
/// <param name="message">A part of a sentence whose subject is the database.</param>
/// <param name="passing">A transient fault, so that the start is tried again; null when an operator has to act.</param>
public sealed class DatabaseRefusedException(string message, Exception? passing = null) : Exception(message, passing);
