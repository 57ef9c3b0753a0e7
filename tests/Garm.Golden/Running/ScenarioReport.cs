using System.Text;

namespace Garm.Golden.Running;

/// <summary>The result of a scenario.</summary>
/// <param name="Differences">The steps that differ; none when the server behaves as recorded.</param>
/// <param name="Notes">Notes that are not differences, such as another order of events.</param>
public sealed record ScenarioReport(
    string Scenario,
    IReadOnlyList<StepDifference> Differences,
    IReadOnlyList<string> Notes)
{
    /// <summary>The differences as text, a line each.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (var step in Differences)
        {
            text.AppendLine($"step {step.Step} {step.Title}");
            foreach (var difference in step.Differences) text.AppendLine($"  {difference}");
        }

        return text.ToString();
    }
}

/// <summary>A step that differs from its recording.</summary>
/// <param name="Step">The number of the step, from 1.</param>
public sealed record StepDifference(int Step, string Title, IReadOnlyList<string> Differences);
