using Xunit;

namespace Garm.Data.Tests.Telemetry;

/// <summary>Meters are the process's, so what counts with them runs alone.</summary>
[CollectionDefinition(nameof(TelemetryCollection), DisableParallelization = true)]
public sealed class TelemetryCollection;
