using ActorScheduler.Containers;
using Akka.Actor;

namespace ActorScheduler.Agent.Executors;

/// <content>Calls to the containerizer: what they answer, and what is done when they do not.</content>
internal sealed partial class ExecutorActor
{
    /// <summary>Names what was asked since the executor last began to look; answers to what was asked before count no more.</summary>
    private CancellationTokenSource _life = new();
    private string? _startFault;

    /// <summary>What was asked for in an earlier life of the actor is answered to its successor too, who must not take it for its own.</summary>
    private void Ask<T>(Task<T> call)
        where T : class
    {
        CancellationTokenSource life = _life;
        if (call.IsCompletedSuccessfully)
            Self.Tell(new Answer(life, call.Result, null));
        else
            call.PipeTo(Self, success: value => new Answer(life, value, null), failure: cause => new Answer(life, null, cause));
    }

    private static async Task<object> Done(Task call)
    {
        await call;
        return Akka.Done.Instance;
    }

    /// <summary>Asks whether the engine works: only then what it says, or does not say, counts for the task.</summary>
    private void AskEngine()
    {
        CancellationToken life = _life.Token;
        Ask(Asked());

        async Task<EngineAnswer> Asked()
        {
            try
            {
                return new EngineAnswer(await _containers.Probe(life).WaitAsync(_settings.CallTimeout, _time, life));
            }
            catch (Exception e) when (e is ContainerException or TimeoutException or IOException or HttpRequestException)
            {
                return new EngineAnswer(e.Message);
            }
        }
    }

    private bool IsMine(Answer answer) => ReferenceEquals(answer.Life, _life);

    /// <summary>What can be expected of an engine in trouble is waited out; anything else is a crash.</summary>
    private void Fail(Answer answer, string what)
    {
        if (answer.Fault is not (ContainerException or TimeoutException or IOException or HttpRequestException or OperationCanceledException))
            throw new ContainerException($"the container cannot be {what}: {answer.Fault?.Message ?? "an answer of another kind"}", answer.Fault!);
        Suspend();
    }

    /// <summary>Looks again after a pause, or when the engine is said to be back. Nothing that was asked before counts.</summary>
    private void Suspend()
    {
        CountCrash();
        BeginToLook();
        Timers.StartSingleTimer(nameof(LookDue), LookDue.Instance, Pause(_assignment.Crashes.Count));
    }

    private void Reinspect()
    {
        BeginToLook();
        Timers.Cancel(nameof(LookDue));
        Look();
    }

    private void BeginToLook()
    {
        _life.Cancel();
        _life.Dispose();
        (_life, _grace) = (new CancellationTokenSource(), null);
        Timers.Cancel(nameof(MaxCompletionTimeDue));
        StopWatchingDisk();
        StopProbes();
        Become(Inspecting);
    }

    private void CountCrash()
    {
        DateTimeOffset now = _time.GetUtcNow();
        bool isAgain = now - _assignment.Crashes.Last < _settings.RestartMax * 2;
        _assignment.Crashes = (isAgain ? _assignment.Crashes.Count + 1 : 1, now);
    }

    private TimeSpan Pause(int crashes) => crashes > 16 || _settings.RestartMin * Math.Pow(2, crashes - 1) is var pause && pause > _settings.RestartMax
        ? _settings.RestartMax
        : _settings.RestartMin * Math.Pow(2, crashes - 1);

    private sealed record Answer(object Life, object? Value, Exception? Fault);

    /// <summary>Whether the engine works.</summary>
    /// <param name="Problem">Why not; null when it does.</param>
    private sealed record EngineAnswer(string? Problem);
}
