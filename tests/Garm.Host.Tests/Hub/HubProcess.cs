namespace Garm.Host.Tests.Hub;

/// <summary>A hub in a process of its own, after the first run.</summary>
public sealed class HubProcess : InitialisedHub
{
    protected override bool NeedsProcess => true;
}
