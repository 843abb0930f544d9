namespace Akka.Actor;

/// <summary>What test kits need of a cell.</summary>
public partial class ActorCell
{
    /// <summary>Handles a message now, past the mailbox; failures go to the caller.</summary>
    internal void ReceiveForTest(Envelope envelope)
    {
        var (message, sender) = (_currentMessage, _sender);
        _currentMessage = envelope.Message;
        _sender = envelope.Sender;
        try
        {
            if (envelope.Message is IAutoReceivedMessage) AutoReceiveMessage(envelope);
            else ReceiveMessage(envelope.Message);
        }
        finally
        {
            (_currentMessage, _sender) = (message, sender);
        }
    }

    /// <summary>Takes in a child that was made around ActorOf.</summary>
    internal void AdoptForTest(IInternalActorRef child) => Children.Add(child);
}
