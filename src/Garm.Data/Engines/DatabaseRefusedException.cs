namespace Garm.Data.Engines;

/// <summary>A database that the hub cannot work with as it is set up. The message says what is wrong, and what to do.</summary>
/// <param name="message">A part of a sentence whose subject is the database.</param>
/// <param name="passing">A fault that may pass, so that it is tried again; null where only somebody can mend it.</param>
public sealed class DatabaseRefusedException(string message, Exception? passing = null) : Exception(message, passing);
