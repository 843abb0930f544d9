using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Ends remoting after the users' actors and before the engine's own.</summary>
internal sealed class RemotingTerminator : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _systemGuardian = ((ExtendedActorSystem)Context.System).SystemGuardian;

    public RemotingTerminator(RemoteTransport transport)
    {
        Receive<TerminationHook>(_ =>
        {
            _log.Debug("Shutting down remoting");
            transport.Shutdown().PipeTo(Self, Self, static () => Ended.Instance, static failure => new Status.Failure(failure));
        });
        Receive<Ended>(_ => _systemGuardian.Tell(TerminationHookDone.Instance));
        Receive<Status.Failure>(failure =>
        {
            _log.Error(failure.Cause, "Remoting did not shut down properly");
            _systemGuardian.Tell(TerminationHookDone.Instance);
        });
    }

    protected override void PreStart() => _systemGuardian.Tell(RegisterTerminationHook.Instance);

    private sealed class Ended
    {
        internal static readonly Ended Instance = new();
    }
}
