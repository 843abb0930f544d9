using Akka.Actor;

namespace Akka.Cluster.Node;

/// <summary>
/// An actor of which there should be one in a cluster. It appends <c>MILLISECONDS start|stop NAME HOST:PORT</c> to a file
/// that all nodes share, and answers where it is. Whoever dies does not write that it stopped.
/// </summary>
internal sealed class Lifetime : ReceiveActor
{
    internal const string Question = "where";

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
        // One write of one line: nothing of other processes comes in between.
        var line = FormattableString.Invariant($"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} {what} {_name} {_node}\n");
        using var file = new FileStream(_file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1);
        file.Write(System.Text.Encoding.UTF8.GetBytes(line));
        Output.Write($"{what} {_name}");
    }

    /// <summary>Where it is.</summary>
    internal sealed record Where(string Name, string Node);
}
