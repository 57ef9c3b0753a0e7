using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Garm.Data.Model;

/// <summary>Engines forget that a time is UTC; every time here is.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    time => DateTime.SpecifyKind(time, DateTimeKind.Utc),
    time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
