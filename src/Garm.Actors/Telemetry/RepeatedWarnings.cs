namespace Garm.Actors.Telemetry;

/// <summary>Detects repeated warnings: remoting logs the same one each second while another node is gone.</summary>
internal sealed class RepeatedWarnings
{
    private const int MostTexts = 100;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, DateTimeOffset> _told = [];

    /// <summary>Whether the same text was logged within the last five minutes; otherwise it counts as logged now.</summary>
    public bool IsRepetition(string text, DateTimeOffset now)
    {
        if (_told.TryGetValue(text, out var last) && now - last < Period) return true;
        if (_told.Count >= MostTexts) _told.Clear();
        _told[text] = now;
        return false;
    }
}
