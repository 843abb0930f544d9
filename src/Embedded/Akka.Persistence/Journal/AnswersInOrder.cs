using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>
/// Gives answers to each actor in the order of its requests, although the writes may end in any order. An actor's slow
/// write keeps no other actor waiting.
/// </summary>
internal sealed class AnswersInOrder
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IActorRef, Queue<Answer>> _waiting = [];

    internal Answer Reserve(IActorRef actor)
    {
        var answer = new Answer(this, actor);
        lock (_lock)
        {
            if (!_waiting.TryGetValue(actor, out var queue)) _waiting[actor] = queue = new Queue<Answer>(1);
            queue.Enqueue(answer);
        }

        return answer;
    }

    private void Complete(Answer answer, Action send)
    {
        // Sent under the lock, so that two threads cannot overtake each other between deciding and sending; sending to an
        // actor only puts messages into its mailbox.
        lock (_lock)
        {
            answer.Send = send;
            var queue = _waiting[answer.Actor];
            while (queue.TryPeek(out var first) && first.Send is { } next)
            {
                queue.Dequeue();
                next();
            }

            if (queue.Count == 0) _waiting.Remove(answer.Actor);
        }
    }

    internal sealed class Answer(AnswersInOrder all, IActorRef actor)
    {
        internal IActorRef Actor { get; } = actor;

        internal Action? Send { get; set; }

        internal void Complete(Action send) => all.Complete(this, send);
    }
}
