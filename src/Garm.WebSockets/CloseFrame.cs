namespace Garm.WebSockets;

/// <summary>The content of a close frame.</summary>
/// <param name="Code">The close code; null to send no close frame at all.</param>
/// <param name="Text">The reason text, at most 123 bytes; empty for none.</param>
public readonly record struct CloseFrame(ushort? Code, string Text = "");
