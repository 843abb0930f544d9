using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Acts for the test on each message that its test actor receives, before the test sees it.</summary>
public abstract class AutoPilot
{
    protected static KeepRunning KeepRunning => KeepRunning.Instance;

    protected static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    /// <summary>The auto-pilot for the next message: <see cref="KeepRunning"/> for this one.</summary>
    public abstract AutoPilot Run(IActorRef sender, object message);
}

/// <summary>No auto-pilot any more.</summary>
public sealed class NoAutoPilot : AutoPilot
{
    public static readonly NoAutoPilot Instance = new();

    private NoAutoPilot()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>The same auto-pilot as before.</summary>
public sealed class KeepRunning : AutoPilot
{
    public static readonly KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) => throw new InvalidOperationException("Must not call");
}

/// <summary>An auto-pilot as a function.</summary>
public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);

/// <summary>An auto-pilot by a function.</summary>
public sealed class DelegateAutoPilot(AutoPilotDelegate autoPilotDelegate) : AutoPilot
{
    public override AutoPilot Run(IActorRef sender, object message) => autoPilotDelegate(sender, message);
}
