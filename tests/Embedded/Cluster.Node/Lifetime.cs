using Akka.Actor;

namespace Akka.Cluster.Node;

/// <summary>
/// An actor of which there should be one in a cluster. It appends <c>MILLISECONDS start|stop NAME HOST:PORT</c> to this node's
/// own file, named by the given one and the node, and answers where it is. Whoever dies does not write that it stopped.
/// </summary>
internal sealed class Lifetime : ReceiveActor
{
    internal const string Question = "where";

    private static readonly Lock OneAtATime = new();

    private readonly string _name;
    private readonly string _file;
    private readonly string _node;

    public Lifetime(string name, string file)
    {
        (_name, _file) = (name, file);
        var self = Cluster.Get(Context.System).SelfAddress;
        _node = $"{self.Host}:{self.Port}";
        Receive<string>(_ => Sender.Tell(new Where(_name, _node)));
    }

    internal static Props Props(string name, string file) => Actor.Props.Create(() => new Lifetime(name, file));

    protected override void PreStart() => Note("start");

    protected override void PostStop() => Note("stop");

    private void Note(string what)
    {
        lock (OneAtATime)
            File.AppendAllText($"{_file}-{_node}", FormattableString.Invariant($"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} {what} {_name} {_node}\n"));
        Output.Write($"{what} {_name}");
    }

    /// <summary>Where it is.</summary>
    internal sealed record Where(string Name, string Node);
}
