using System.Diagnostics;
using System.Globalization;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Runs;

/// <summary>
/// A framework of one task: it waits for an offer with room, launches, passes on what the task writes, and ends with it.
/// <code>
/// register -> wait for an offer -> launch -> RUNNING: output -> ended -> last output -> tear down
///                  |  ^                          | signal: kill with grace; again: at once
///                  '--' why not, after 3 s       '-> agent gone for a minute: lost
/// </code>
/// </summary>
/// <param name="session">The way to the masters.</param>
/// <param name="request">What to run.</param>
/// <param name="output">What the task writes to its output.</param>
/// <param name="error">What it writes to its errors, and what we say.</param>
internal sealed class OneOff(MastersSession session, RunRequest request, TextWriter output, TextWriter error)
{
    /// <summary>Time for a process of ours to come back, which it never does: what was run ends soon after us.</summary>
    private static readonly TimeSpan FailoverTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan DetachedFailoverTimeout = TimeSpan.FromDays(365);

    /// <summary>Time to look at what a detached run has left behind.</summary>
    private static readonly TimeSpan DetachedRest = TimeSpan.FromHours(1);
    private static readonly TimeSpan SilenceBeforeReasons = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan UnreachableLimit = TimeSpan.FromMinutes(1);

    /// <summary>Masters may be away for as long as it takes: a command that was sent to them may have been carried out, and is sent until they say so.</summary>
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromDays(7);

    /// <summary>Longest that masters may take to end a task for somebody who wants to be gone.</summary>
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);

    /// <summary>A task that was dropped on its way never started: it is launched again so often.</summary>
    private const int MostLaunches = 3;

    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly RawOutput _output = new(output), _errors = new(error);
    private int? _signal;
    private readonly TaskCompletionSource<OutputException> _lostOutput = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isTimedOut, _isLeft, _isCut;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="AschedException">It could not be launched.</exception>
    internal async Task<int> Run()
    {
        using var over = new CancellationTokenSource();
        await using FrameworkSession framework = await Register();
        // Before that there is nothing to end, and a signal ends the process as usual.
        using var signals = new CommandSignals();
        Task<int> running = RunTask(framework, over.Token);
        Task ending = EndEarly(framework, signals, over);
        try
        {
            int code = await running;
            // A command that has done its work has not, when what it wrote is not where it belongs.
            return _lostOutput.Task.IsCompleted ? (await _lostOutput.Task).ExitCode : code == 0 && _isCut ? (int)ExitCode.Lost : code;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return _lostOutput.Task.IsCompleted ? (await _lostOutput.Task).ExitCode : _isTimedOut ? (int)ExitCode.TimedOut : CommandSignals.ExitCodeOf(_signal ?? 15);
        }
        finally
        {
            await over.CancelAsync();
            await ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_isLeft && (!request.IsDetached || !running.IsCompletedSuccessfully || await running != 0))
                await TearDown(framework, signals);
        }
    }

    private async Task<FrameworkSession> Register()
    {
        await session.ConnectScheduler(CommandTimeout);
        using var limit = new CancellationTokenSource(session.Limit);
        try
        {
            return await session.Scheduler.RegisterAsync(
                new FrameworkInfo
                {
                    Name = request.Name, Roles = [request.Role], Hostname = Environment.MachineName,
                    FailoverTimeout = request.IsDetached ? DetachedFailoverTimeout : FailoverTimeout,
                    Labels = request.IsDetached
                        ? new Labels(new Label(FrameworkInfo.EndAfterLabel, DetachedRest.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)))
                        : Labels.Empty,
                },
                cancellation: limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw session.NoAnswer("master");
        }
        catch (CommandRefusedException e)
        {
            throw new AschedException(ExitCode.Refused, e.Message, e);
        }
    }

    private async Task<int> RunTask(FrameworkSession framework, CancellationToken over)
    {
        for (int launch = 1; ; launch++)
        {
            var id = new TaskId(string.Create(CultureInfo.InvariantCulture, $"{request.Name}-{framework.FrameworkId.Value[..8]}{(launch == 1 ? "" : $"-{launch}")}"));
            Offer offer = await Launch(framework, id, over);
            Say($"launched as {id} on {offer.Agent.Hostname}");
            if (request.IsDetached)
            {
                output.WriteLine($"{framework.FrameworkId}/{id}");
                Say($"it goes on without us; 'asched task logs {id}' shows what it writes, 'asched framework teardown {framework.FrameworkId} --yes' ends it; "
                    + $"{DetachedRest.TotalHours:0} hour after it has ended it is forgotten");
                return 0;
            }
            TaskUpdate end = await Watch(framework, id, offer, over);
            if (end.State != TaskState.Dropped || launch == MostLaunches || _signal is not null || _isTimedOut)
                return RunOutcome.Of(end, _isTimedOut, _signal);
        }
    }

    /// <summary>Waits for an offer with room, and launches the task on it.</summary>
    private async Task<Offer> Launch(FrameworkSession framework, TaskId id, CancellationToken over)
    {
        WantedSize size = new(request.Size.Quantities, Ports: request.Ports.Count);
        (await framework.RequestAsync(request.Role, [size], over)).OrThrow();
        (await framework.ReviveAsync(cancellation: over)).OrThrow();
        using var launched = CancellationTokenSource.CreateLinkedTokenSource(over);
        Task explaining = Explain(framework.FrameworkId, size, launched.Token);
        HashSet<string> passedOver = [];
        try
        {
            await foreach (Offer offer in framework.OffersAsync(over))
            {
                string? why = request.WhyNotOn(offer.Agent);
                if (why is not null && passedOver.Add(why))
                    Say($"waiting for another agent: {why}");
                if (why is not null || !request.Fits(offer.Resources))
                {
                    await framework.DeclineAsync([offer.Id], cancellation: over);
                    continue;
                }
                TaskInfo task = request.On(offer, id);
                if (TaskRules.Check(task) is { } problem)
                    throw new AschedException(ExitCode.Usage, problem.ToString());
                // An offer that was taken back meanwhile is no reason to give up.
                if (!(await framework.LaunchAsync(offer, task)).IsDone)
                    continue;
                await framework.RequestAsync(request.Role, [], over);
                await framework.SuppressAsync(cancellation: over);
                return offer;
            }
            throw new AschedException(ExitCode.NotStarted, $"the session is over: {framework.EndReason}");
        }
        finally
        {
            await launched.CancelAsync();
            await explaining.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Says why there is no offer, when there is none for a while, and whenever that changes.</summary>
    private async Task Explain(FrameworkId framework, WantedSize size, CancellationToken launched)
    {
        using var timer = new PeriodicTimer(SilenceBeforeReasons);
        string last = "";
        while (await timer.WaitForNextTickAsync(launched))
        {
            string text = await Reasons(framework, size).WaitAsync(launched);
            if (text != last)
                Say($"waiting for an offer with {request.Size}{(request.Ports.Count > 0 ? $" and {request.Ports.Count} ports" : "")} in role {request.Role}. {text}");
            last = text;
        }
    }

    private async Task<string> Reasons(FrameworkId framework, WantedSize size)
    {
        try
        {
            var why = await session.AskAllocator<OffersExplained>(new ExplainOffers(framework, request.Role, size));
            return string.Join("; ", ObstacleText.Counts(why.Obstacles).Prepend(why.Verdict));
        }
        catch (AschedException e)
        {
            return $"{e.Message}; it is tried until one does";
        }
    }

    /// <summary>Follows a task until it has ended, and passes on what it writes.</summary>
    private async Task<TaskUpdate> Watch(FrameworkSession framework, TaskId id, Offer offer, CancellationToken over)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task following = Task.CompletedTask;
        bool isFollowed = false;
        TaskUpdate last = new(id, TaskState.Staging, TaskSource.Master, AgentId: offer.Agent.Id);
        // Ends the wait for an agent that nobody hears of.
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(over);
        try
        {
            await foreach (TaskUpdate update in framework.UpdatesAsync(silence.Token))
            {
                if (update.TaskId != id)
                    continue;
                if (update.State != last.State)
                    Say($"{update.State.WireName()}{Details(update)}");
                last = update;
                silence.CancelAfter(update.State == TaskState.Unreachable ? UnreachableLimit : Timeout.InfiniteTimeSpan);
                if (!isFollowed && (update.State == TaskState.Running || update.State.IsTerminal() && update.State is not (TaskState.Dropped or TaskState.Error)))
                {
                    isFollowed = true;
                    following = Task.WhenAll(
                        Follow("stdout", _output, framework.FrameworkId, id, offer.Agent.Id, ended.Task, over),
                        Follow("stderr", _errors, framework.FrameworkId, id, offer.Agent.Id, ended.Task, over));
                }
                if (update.State.IsTerminal())
                    break;
            }
        }
        catch (OperationCanceledException) when (!over.IsCancellationRequested)
        {
            throw new AschedException(ExitCode.Lost, $"{offer.Agent.Hostname} cannot be reached for {UnreachableLimit.TotalSeconds:0} s; what became of the task is not known");
        }
        if (!last.State.IsTerminal())
            throw new AschedException(ExitCode.Lost, $"the session is over: {framework.EndReason}");
        await framework.AcknowledgeAsync(last);
        // All that it wrote is in its files by now, and is read to the end however long that takes.
        ended.TrySetResult();
        await following;
        return last;
    }

    private async Task Follow(string file, RawOutput to, FrameworkId framework, TaskId id, AgentId agent, Task ended, CancellationToken over)
    {
        try
        {
            await new TaskFile(session, (framework, id), agent, file, Say).Copy(0, isFollowed: true, data => to.Write(data.Span), over, ended);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Nobody wants more.
        }
        catch (OutputException e)
        {
            if (_lostOutput.TrySetResult(e) && !e.IsClosed)
                Say(e.Message);
        }
        catch (AschedException e)
        {
            _isCut |= e.ExitCode == ExitCode.NoAnswer;
            Say($"its {file} cannot be read to the end: {e.Message}");
        }
    }

    /// <summary>Signals, the time limit, and an output that takes no more: before there is a task they end everything, then they end the task.</summary>
    private async Task EndEarly(FrameworkSession framework, CommandSignals signals, CancellationTokenSource over)
    {
        Task never = Task.Delay(Timeout.Infinite, over.Token);
        Task limit = request.Timeout is { } most ? Task.Delay(most, TimeProvider.System, over.Token) : never;
        Task<int> signal = signals.Next(over.Token).AsTask();
        Task lost = _lostOutput.Task.WaitAsync(over.Token);
        for (int count = 1; ; count++)
        {
            Task first = await Task.WhenAny(signal, limit, lost);
            string cause;
            if (first == limit)
            {
                await limit;
                (_isTimedOut, limit) = (true, never);
                cause = $"after --timeout {request.Timeout!.Value.TotalSeconds:0.###} s";
            }
            else if (first == lost)
            {
                await lost;
                lost = never;
                cause = "since what it writes goes nowhere any more";
            }
            else
            {
                _signal = await signal;
                signal = signals.Next(over.Token).AsTask();
                cause = count == 1 ? "on a signal" : "at once, on a second signal";
            }
            if (!await Kill(framework, cause, isFirst: count == 1))
            {
                await over.CancelAsync();
                return;
            }
        }
    }

    /// <summary>Has the task end.</summary>
    /// <returns>Whether there is one to wait for. Nothing is waited for when masters do not answer: who ends this command wants it to end.</returns>
    private async Task<bool> Kill(FrameworkSession framework, string cause, bool isFirst)
    {
        try
        {
            var state = await session.AskFramework<FrameworkSnapshot>(new GetFramework(framework.FrameworkId)).WaitAsync(KillLimit);
            if (state.Tasks is not [var task, ..])
            {
                Say($"stopping {cause}; no task is running");
                return false;
            }
            Say($"killing the task {cause}{(isFirst ? "; a second signal kills it at once" : "")}");
            await framework.KillAsync(task.Task.Id, isFirst ? null : TimeSpan.Zero).WaitAsync(KillLimit);
            return true;
        }
        catch (Exception e) when (e is AschedException or TimeoutException or InvalidOperationException)
        {
            Say($"stopping {cause}; no master answers, so a task that runs already ends {FailoverTimeout.TotalSeconds:0} s after the masters are back");
            _isLeft = true;
            return false;
        }
    }

    private async Task TearDown(FrameworkSession framework, CommandSignals signals)
    {
        using var over = new CancellationTokenSource(session.Limit);
        Task ending = framework.TearDownAsync(over.Token), signalled = signals.Next(over.Token).AsTask();
        if (await Task.WhenAny(ending, signalled) == ending && ending.IsCompletedSuccessfully)
        {
            await over.CancelAsync();
            return;
        }
        await over.CancelAsync();
        await ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Say($"the masters do not answer; they remove the framework {FailoverTimeout.TotalSeconds:0} s after they are back");
    }

    private static string Details(TaskUpdate update) =>
        (update.ExitCode is { } code ? $", exit code {code}" : "")
        + (update.State == TaskState.Running && update.Container is { } container ? $" in container {container.ContainerId[..Math.Min(12, container.ContainerId.Length)]}" : "")
        + (update.Message is { Length: > 0 } message ? $": {message}" : update.Reason is { } reason ? $": {reason.WireName()}" : "");

    private void Say(string text) => error.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"asched: {Stopwatch.GetElapsedTime(_startedAt).TotalSeconds,5:0.0}s {text}"));
}
