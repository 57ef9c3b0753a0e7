namespace Garm.Data.Engines;

/// <summary>A database that the hub cannot work with as it is set up. The message says what is wrong, and what to do.</summary>
/// <param name="message">A part of a sentence whose subject is the database.</param>
/// <param name="passing">A transient fault, so that the start is tried again; null where an operator has to act.</param>
public sealed class DatabaseRefusedException(string message, Exception? passing = null) : Exception(message, passing);
