using System.Security.Cryptography;

namespace Garm.Log;

/// <summary>Identifies a history: random, created with the database, so that a cursor of another history is detected.</summary>
/// <param name="Value">Sixteen lower-case hexadecimal digits.</param>
public readonly record struct LogEpoch(string Value)
{
    /// <summary>A new, random epoch.</summary>
    public static LogEpoch NewEpoch() =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));

    /// <inheritdoc />
    public override string ToString() => Value;
}
