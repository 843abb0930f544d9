using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>The actor behind a test kit or probe: keeps what it receives for the test to look at.</summary>
internal sealed class InternalTestActor(MessageQueue queue) : ActorBase
{
    private readonly DelegatingSupervisorStrategy _strategy = new();
    private TestActor.Ignore? _ignore;
    private AutoPilot? _autoPilot;

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case TestActor.SetIgnore setIgnore:
                _ignore = setIgnore.Ignore;
                break;
            case TestActor.Watch watch:
                Context.Watch(watch.Actor);
                break;
            case TestActor.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                break;
            case TestActor.SetAutoPilot setAutoPilot:
                _autoPilot = setAutoPilot.AutoPilot;
                break;
            case TestActor.Spawn spawn:
                var child = spawn.Apply(Context);
                if (spawn._supervisorStrategy.HasValue) _strategy.Update(child, spawn._supervisorStrategy.Value);
                // Straight to the test: neither ignored nor seen by the auto-pilot.
                queue.Enqueue(new RealMessageEnvelope(child, Self));
                break;
            default:
                Keep(message);
                break;
        }

        return true;
    }

    private void Keep(object message)
    {
        var sender = Context.Sender;
        if (_autoPilot is not null && message is not TestActor.SetIgnore)
        {
            _autoPilot = _autoPilot.Run(sender, message) switch
            {
                KeepRunning => _autoPilot,
                var next => next,
            };
        }

        if (_ignore?.Invoke(message) != true) queue.Enqueue(new RealMessageEnvelope(message, sender));
    }
}
