using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Garm.Data.Model;

/// <summary>Marks times as UTC, because the engines do not store that.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    time => DateTime.SpecifyKind(time, DateTimeKind.Utc),
    time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
