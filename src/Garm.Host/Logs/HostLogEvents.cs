namespace Garm.Host.Logs;

/// <summary>The ids of the host's log events, which operators filter by.</summary>
internal static class HostLogEvents
{
    public static readonly EventId RequestFailed = new(1001, nameof(RequestFailed));
    public static readonly EventId Ready = new(1002, nameof(Ready));
    public static readonly EventId Stopping = new(1003, nameof(Stopping));
    public static readonly EventId FilesSwept = new(1004, nameof(FilesSwept));
    public static readonly EventId JobsSwept = new(1005, nameof(JobsSwept));
    public static readonly EventId WriteContended = new(1006, nameof(WriteContended));
    public static readonly EventId UnknownSetting = new(1007, nameof(UnknownSetting));
    public static readonly EventId FirstRunClosed = new(1009, nameof(FirstRunClosed));
    public static readonly EventId SecretsGivenUp = new(1010, nameof(SecretsGivenUp));
    public static readonly EventId Resealed = new(1011, nameof(Resealed));
    public static readonly EventId WritesFail = new(1012, nameof(WritesFail));
    public static readonly EventId FleetUnread = new(1014, nameof(FleetUnread));
    public static readonly EventId RequestDone = new(1020, nameof(RequestDone));
    public static readonly EventId FilesReadable = new(1021, nameof(FilesReadable));
    public static readonly EventId WebhookNotTaken = new(1022, nameof(WebhookNotTaken));
    public static readonly EventId FolderInUse = new(1024, nameof(FolderInUse));
    public static readonly EventId WebhooksNotKept = new(1023, nameof(WebhooksNotKept));
    public static readonly EventId NotPassedOn = new(1025, nameof(NotPassedOn));
}
