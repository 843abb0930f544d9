using Akka.Actor;

namespace Akka.Cluster.Node;

/// <summary>
/// Takes commands by lines. The first word says which of its children does it; each child writes what comes of it.
/// <code>
/// cluster state|leave|down ADDRESS|join ADDRESS    see MembershipActor
/// singleton start FILE|ask                         see SingletonActor
/// shards start KIND FILE|ask ID|reach FIRST LAST   see ShardsActor
/// writer start ID|add COUNT|history                see WriterActor
/// topic subscribe NAME|publish NAME TEXT           see TopicActor
/// </code>
/// </summary>
internal sealed class CommandActor : ReceiveActor
{
    private readonly Dictionary<string, IActorRef> _subjects = [];

    public CommandActor()
    {
        Add("cluster", Props.Create(() => new MembershipActor()));
        Add("singleton", Props.Create(() => new SingletonActor()));
        Add("shards", Props.Create(() => new ShardsActor()));
        Add("writer", Props.Create(() => new WriterActor()));
        Add("topic", Props.Create(() => new TopicActor()));
        Receive<string>(line =>
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && _subjects.TryGetValue(words[0], out var subject)) subject.Tell(new Command(words[1..]));
            else Output.Write($"unknown {line}");
        });
    }

    private void Add(string name, Props props) => _subjects[name] = Context.ActorOf(props, name);
}

/// <summary>A command without its first word.</summary>
internal sealed record Command(string[] Words) : INoSerializationVerificationNeeded;
