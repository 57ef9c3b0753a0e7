using Garm.Cli.Access;
using Garm.Cli.Terminal;
using Garm.Client.Events;

namespace Garm.Cli.Commands;

/// <summary>What the commands say while they follow events, and with which exit code they end.</summary>
internal static class FeedEnds
{
    public static int ExitCodeOrFailure(EventFeedEnd? end) => end switch
    {
        EventFeedEnd.StoppedByCaller => ExitCodes.Ok,
        EventFeedEnd.Refused refused => throw CliFailure.Failed(Refusals.Describe(refused.End)),
        _ => throw CliFailure.Failed(end?.Message ?? "the events have ended"),
    };

    public static string Words(EventFeedNotice notice) => notice switch
    {
        EventFeedNotice.Connected connected => $"connected to {connected.Address.AbsoluteUri.TrimEnd('/')}; Ctrl-C ends",
        EventFeedNotice.Interrupted lost => $"{lost.End.Message}; trying again in {lost.Pause.TotalSeconds:0.0} s",
        _ => notice.ToString()!,
    };

    public static EventFeedOptions Options(HubAccess hub, string message, Action<EventFeedNotice> notice) => new()
    {
        Addresses = hub.Addresses,
        Token = hub.TokenAsync,
        Message = message,
        Notice = notice,
    };
}
