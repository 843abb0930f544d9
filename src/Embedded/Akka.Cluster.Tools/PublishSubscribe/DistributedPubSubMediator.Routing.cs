using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>How messages find their receivers. The sender is kept.</summary>
public partial class DistributedPubSubMediator
{
    private void Publish(Publish publish)
    {
        if (publish.SendOneMessageToEachGroup)
        {
            PublishToGroups(publish);
            return;
        }

        var (here, elsewhere) = (_local.SubscribersOf(publish.Topic), _remote.NodesWith(publish.Topic));
        TellAll(here, publish.Message);
        if (elsewhere.Count > 0)
        {
            var deliver = new DeliverToTopic(publish.Topic, publish.Message);
            foreach (var node in elsewhere) node.Mediator.Tell(deliver, Sender);
        }
        else if (here.Count == 0)
        {
            NobodyGets(publish);
        }
    }

    private void PublishToGroups(Publish publish)
    {
        var (here, elsewhere) = (_local.GroupsOf(publish.Topic), _remote.GroupsOf(publish.Topic));
        if (here.Count == 0 && elsewhere.Count == 0) NobodyGets(publish);
        foreach (var group in here) PublishToGroup(publish, group, elsewhere.GetValueOrDefault(group));
        foreach (var (group, nodes) in elsewhere)
            if (!here.Contains(group))
                PublishToGroup(publish, group, nodes);
    }

    private void PublishToGroup(Publish publish, string group, List<RemoteNode>? elsewhere)
    {
        var subscribers = _local.SubscribersOf(publish.Topic, group);
        var (here, others) = (subscribers.Count > 0 ? 1 : 0, elsewhere?.Count ?? 0);
        if (_picker.PicksAll)
        {
            TellOne(subscribers, publish.Message);
            for (var i = 0; i < others; i++) elsewhere![i].Mediator.Tell(new DeliverToGroup(publish.Topic, group, publish.Message), Sender);
            return;
        }

        // By nodes: of how many subscribers another node has, this one does not hear.
        var picked = _picker.Pick(here + others);
        if (picked < others) elsewhere![picked].Mediator.Tell(new DeliverToGroup(publish.Topic, group, publish.Message), Sender);
        else TellOne(subscribers, publish.Message);
    }

    private void Send(Send send)
    {
        var (here, elsewhere) = (_local.At(send.Path), _remote.ActorsAt(send.Path));
        if (here is null && elsewhere.Count == 0)
        {
            NobodyGets(send);
        }
        else if (here is not null && (send.LocalAffinity || elsewhere.Count == 0))
        {
            here.Tell(send.Message, Sender);
        }
        else if (_picker.PicksAll)
        {
            here?.Tell(send.Message, Sender);
            foreach (var (_, actor) in elsewhere) actor.Tell(send.Message, Sender);
        }
        else
        {
            var picked = _picker.Pick(elsewhere.Count + (here is null ? 0 : 1));
            (picked < elsewhere.Count ? elsewhere[picked].Actor : here!).Tell(send.Message, Sender);
        }
    }

    private void SendToAll(SendToAll send)
    {
        var (here, elsewhere) = (send.ExcludeSelf ? null : _local.At(send.Path), _remote.ActorsAt(send.Path));
        if (here is null && elsewhere.Count == 0) NobodyGets(send);
        here?.Tell(send.Message, Sender);
        foreach (var (_, actor) in elsewhere) actor.Tell(send.Message, Sender);
    }

    private void TellAll(List<IActorRef> receivers, object message)
    {
        var sender = Sender;
        foreach (var receiver in receivers) receiver.Tell(message, sender);
    }

    private void TellOne(List<IActorRef> receivers, object message)
    {
        if (_picker.PicksAll) TellAll(receivers, message);
        else if (receivers.Count > 0) receivers[_picker.Pick(receivers.Count)].Tell(message, Sender);
    }

    private void NobodyGets(IDistributedPubSubMessage message)
    {
        if (_settings.SendToDeadLettersWhenNoSubscribers) Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self));
    }
}
