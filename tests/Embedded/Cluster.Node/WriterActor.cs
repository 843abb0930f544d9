using System.Globalization;
using Akka.Actor;

namespace Akka.Cluster.Node;

/// <summary>
/// A persistent entity of this node's own, outside of any sharding: <c>writer start ID</c>, then <c>writer add COUNT</c>
/// persists one after another and writes <c>writer added COUNT</c>, or <c>persist failed ...</c> and <c>writer ended</c>;
/// <c>writer history</c> writes <c>history ID EVENTS WRITERS clean|interleaved</c>.
/// </summary>
internal sealed class WriterActor : ReceiveActor
{
    private IActorRef _entity = ActorRefs.Nobody;
    private int _left;
    private int _added;

    public WriterActor()
    {
        Receive<Command>(command => Do(command.Words));
        Receive<PersistentEntity.Added>(_ =>
        {
            _added++;
            if (--_left > 0) _entity.Tell(PersistentEntity.Add);
            else Output.Write($"writer added {_added}");
        });
        Receive<PersistentEntity.History>(ShardsActor.Write);
        Receive<Terminated>(_ => Output.Write($"writer ended {_added}"));
    }

    private void Do(string[] words)
    {
        switch (words)
        {
            case ["start", var id]:
                _entity = Context.Watch(Context.ActorOf(PersistentEntity.Props(id)));
                break;
            case ["add", var count]:
                (_left, _added) = (int.Parse(count, CultureInfo.InvariantCulture), 0);
                _entity.Tell(PersistentEntity.Add);
                break;
            case ["history"]:
                _entity.Tell(PersistentEntity.Tell);
                break;
            default:
                Output.Write($"unknown writer {string.Join(' ', words)}");
                break;
        }
    }
}
