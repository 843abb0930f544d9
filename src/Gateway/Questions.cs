using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;

namespace ActorScheduler.Gateway;

/// <summary>Asks masters from outside of actors.</summary>
/// <param name="system">Where answers arrive.</param>
/// <param name="masters">The way to them.</param>
internal sealed class Questions(ActorSystem system, MasterLink masters)
{
    /// <summary>Asks the allocator.</summary>
    /// <returns>The answer, or null when none came in time.</returns>
    internal Task<object?> AskAllocator(IAllocatorMessage question, TimeSpan limit) => Ask(sender => masters.Send(question, sender), limit);

    /// <summary>Asks the actor of a framework.</summary>
    /// <returns>The answer, or null when none came in time.</returns>
    internal Task<object?> AskFramework(IFrameworkMessage question, TimeSpan limit) => Ask(sender => masters.Send(question, sender), limit);

    private async Task<object?> Ask(Action<IActorRef> send, TimeSpan limit)
    {
        var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef asking = system.ActorOf(Props.Create(() => new AnswerActor(answer)));
        try
        {
            send(asking);
            return await answer.Task.WaitAsync(limit) is var given and not Status.Failure ? given : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            system.Stop(asking);
        }
    }

    /// <summary>Takes one answer. (An Inbox would log late ones, and its time-outs are errors.)</summary>
    private sealed class AnswerActor : UntypedActor
    {
        private readonly TaskCompletionSource<object> _answer;

        public AnswerActor(TaskCompletionSource<object> answer) => _answer = answer;

        protected override void OnReceive(object message) => _answer.TrySetResult(message);
    }
}
