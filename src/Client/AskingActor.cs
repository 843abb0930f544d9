using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Client;

/// <summary>Asks until an answer comes: masters that are just changing places lose questions.</summary>
internal sealed class AskingActor<T> : ReceiveActor, IWithTimers
{
    private readonly Action<IActorRef> _send;
    private readonly TimeSpan _interval;

    public AskingActor(Action<IActorRef> send, TimeSpan interval, TaskCompletionSource<T> answer)
    {
        (_send, _interval) = (send, interval);
        Receive<T>(value => answer.TrySetResult(value));
        // Nobody can decide it now: it is asked again. All else will be refused each time.
        Receive<CommandRefused>(refused =>
        {
            if (refused.Kind != RefusalKind.Unavailable)
                answer.TrySetException(new CommandRefusedException(refused.Kind, refused.Problem));
        });
        Receive<AskDue>(_ => _send(Self));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(Action<IActorRef> send, TimeSpan interval, out Task<T> answer)
    {
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        answer = source.Task;
        return Akka.Actor.Props.Create(() => new AskingActor<T>(send, interval, source));
    }

    protected override void PreStart()
    {
        _send(Self);
        Timers.StartPeriodicTimer(nameof(AskDue), AskDue.Instance, _interval, _interval);
    }

    private sealed record AskDue
    {
        public static readonly AskDue Instance = new();
    }
}
