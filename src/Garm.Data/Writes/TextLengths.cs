using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Garm.Data.Writes;

/// <summary>
/// Refuses texts that a column cannot hold, equally on every engine: SQLite would accept them, and the others would fail with
/// their own messages (PostgreSQL at a NUL character, all but SQLite at a text that is longer than the column).
/// </summary>
internal static class TextLengths
{
    /// <exception cref="GarmException">400: names the field and the limit.</exception>
    public static void Check(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified)) continue;
            foreach (var property in entry.Metadata.GetProperties())
            {
                if (property.ClrType != typeof(string) || entry.Property(property).CurrentValue is not string text) continue;
                if (text.Contains('\0'))
                    throw GarmException.BadRequest($"{SnakeCase(property.Name)} holds a NUL character, which is not accepted");
                if (property.GetMaxLength() is not (> 0 and var longest)) continue;
                if (text.Length > longest)
                    throw GarmException.BadRequest($"{SnakeCase(property.Name)} is too long: at most {longest} characters are accepted");
            }
        }
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name.Replace("Normalized", ""))
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
