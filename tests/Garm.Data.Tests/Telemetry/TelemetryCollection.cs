using Xunit;

namespace Garm.Data.Tests.Telemetry;

/// <summary>Meters are process-wide, so tests that read them run alone.</summary>
[CollectionDefinition(nameof(TelemetryCollection), DisableParallelization = true)]
public sealed class TelemetryCollection;
