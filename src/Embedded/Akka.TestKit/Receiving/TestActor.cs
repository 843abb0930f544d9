using Akka.Actor;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>What a test kit tells its test actor.</summary>
public static class TestActor
{
    /// <summary>Whether a message is dropped.</summary>
    public delegate bool Ignore(object message);

    /// <summary>The auto-pilot's answer: stay as you are.</summary>
    public static AutoPilot KeepRunning => Akka.TestKit.KeepRunning.Instance;

    public static AutoPilot NoAutoPilot => Akka.TestKit.NoAutoPilot.Instance;

    public static NullMessageEnvelope NullMessage => NullMessageEnvelope.Instance;

    /// <summary>Drops messages before the test sees them.</summary>
    public class SetIgnore(Ignore? ignore) : INoSerializationVerificationNeeded
    {
        public Ignore? Ignore { get; } = ignore;
    }

    /// <summary>Makes the test actor watch another one.</summary>
    public class Watch(IActorRef actorRef) : INoSerializationVerificationNeeded
    {
        public IActorRef Actor { get; } = actorRef;
    }

    /// <summary>Makes the test actor watch it no more.</summary>
    public class Unwatch(IActorRef actorRef) : INoSerializationVerificationNeeded
    {
        public IActorRef Actor { get; } = actorRef;
    }

    /// <summary>Sets what acts on each message before the test sees it.</summary>
    public class SetAutoPilot(AutoPilot autoPilot) : INoSerializationVerificationNeeded
    {
        public AutoPilot AutoPilot { get; } = autoPilot;
    }

    /// <summary>Makes a child of the test actor.</summary>
    public class Spawn(Props props, Option<string> name, Option<SupervisorStrategy> supervisorStrategy) : INoSerializationVerificationNeeded
    {
        public readonly Props _props = props;

        public readonly Option<string> _name = name;

        public readonly Option<SupervisorStrategy> _supervisorStrategy = supervisorStrategy;

        public IActorRef Apply(IActorRefFactory context) => _name.HasValue ? context.ActorOf(_props, _name.Value) : context.ActorOf(_props);
    }
}
