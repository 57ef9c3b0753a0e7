using System.Text.Json;
using Garm.Golden.Scenarios;
using Garm.Golden.Sockets;

namespace Garm.Golden.Comparing;

/// <summary>Compares the frames of a named socket, in order.</summary>
internal static class FrameComparer
{
    public static IEnumerable<string> Differences(
        Comparer comparer,
        IReadOnlyList<ExpectedFrame> expected,
        IReadOnlyList<SocketFrame> actual)
    {
        var found = new List<string>();
        var next = 0;
        foreach (var frame in expected)
        {
            var candidate = actual.ElementAtOrDefault(next);
            if (candidate is not null && IsSame(comparer, frame, candidate))
            {
                next++;
            }
            else if (!frame.Optional)
            {
                found.Add($"frames[{next}]: expected {Describe(frame)}, got {candidate?.ToString() ?? "nothing"}");
                next++;
            }
        }

        // The server may send a ping at any time.
        found.AddRange(actual.Skip(next)
            .Where(frame => frame.Kind != FrameKind.Ping)
            .Select(frame => $"frames: unexpected {frame}"));
        return found;
    }

    private static bool IsSame(Comparer comparer, ExpectedFrame expected, SocketFrame actual) =>
        expected.Type switch
        {
            "text" => actual.Kind == FrameKind.Text && actual.Text == expected.Text,
            "ping" => actual.Kind == FrameKind.Ping && actual.Text == expected.Data,
            "pong" => actual.Kind == FrameKind.Pong && actual.Text == expected.Data,
            "close" => actual.Kind == FrameKind.Close && actual.Code == expected.Code && actual.Text == expected.Reason,
            "eof" => actual.Kind == FrameKind.Eof,
            "event" => actual.Kind == FrameKind.Text && comparer.Matches(
                expected.Event, Json.ParseOrText(actual.Text), expected.Event.PropertyText("entity-type")),
            _ => throw new ScenarioException($"unknown type of frame {expected.Type}"),
        };

    private static string Describe(ExpectedFrame frame) => frame.Type switch
    {
        "text" => $"text {frame.Text}",
        "event" => $"event {Json.Show(frame.Event)}",
        "close" => $"close {frame.Code} {frame.Reason}",
        _ => $"{frame.Type} {frame.Data}",
    };
}
