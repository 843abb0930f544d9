using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;

namespace ActorScheduler.Client;

/// <summary>
/// A framework's session. It stays while masters come and go: it subscribes again by itself, commands that are under way are
/// sent again and done once, and tasks are reconciled. Offers and updates are each read by one reader. Thread safe.
/// </summary>
public sealed class FrameworkSession : IAsyncDisposable
{
    private const int MostQuestions = 10_000;

    private readonly SchedulerClientOptions _options;
    private readonly Channel<TaskUpdate> _updates;
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef _actor = ActorRefs.Nobody;
    private volatile ConnectionState _state = ConnectionState.Connecting;

    internal FrameworkSession(FrameworkId id, SchedulerClientOptions options)
    {
        (FrameworkId, _options) = (id, options);
        Offers = new OfferBuffer(options.OfferBuffer);
        _updates = Channel.CreateBounded<TaskUpdate>(options.UpdateBuffer);
        (Requests, Failures, Messages, Operations) = (new(options.OfferBuffer), new(options.OfferBuffer), new(options.OfferBuffer), new(options.OfferBuffer));
    }

    /// <summary>The framework's id. Whoever wants to resume it after a restart of the program keeps it.</summary>
    public FrameworkId FrameworkId { get; }

    /// <summary>How the session stands.</summary>
    public ConnectionState State => _state;

    /// <summary>Why the session is over; null while it is not.</summary>
    public string? EndReason { get; private set; }

    /// <summary>Raised at each change of <see cref="State"/>, on a thread of the pool.</summary>
    public event EventHandler<ConnectionState>? StateChanged;

    /// <summary>Ends when the session is over: replaced by another scheduler, removed, or disposed of.</summary>
    public Task Ended => _ended.Task;

    internal Task WhenSubscribed => _subscribed.Task;

    /// <summary>Offers that were neither answered nor withdrawn; told of by the session's actor.</summary>
    internal OfferBuffer Offers { get; }

    internal ChannelWriter<TaskUpdate> UpdateWriter => _updates.Writer;

    internal NewsStream<LeaveRequest> Requests { get; }

    internal NewsStream<Failure> Failures { get; }

    internal NewsStream<ExecutorMessage> Messages { get; }

    internal NewsStream<OperationStatus> Operations { get; }

    /// <summary>
    /// Offers, as they come, each once; those that were withdrawn before they were read are left out. What is not answered goes to
    /// somebody else after a while.
    /// </summary>
    public IAsyncEnumerable<Offer> OffersAsync(CancellationToken cancellation = default) => Offers.ReadAsync(cancellation);

    /// <summary>
    /// Offers that were read and can no longer be used. Reading it is optional: using such an offer is refused. One that is open
    /// after all, as after the masters were away, is offered again to those who have read that it was withdrawn.
    /// </summary>
    public IAsyncEnumerable<OfferId> WithdrawnOffersAsync(CancellationToken cancellation = default) => Offers.ReadWithdrawnAsync(cancellation);

    /// <summary>Requests to leave agents before they go away, and those that are off. Answered with <see cref="AnswerInverseOffersAsync"/>; advisory.</summary>
    public IAsyncEnumerable<LeaveRequest> LeaveRequestsAsync(CancellationToken cancellation = default) => Requests.ReadAsync(cancellation);

    /// <summary>Executors that ended and agents that are gone, best effort: what became of tasks comes as updates.</summary>
    public IAsyncEnumerable<Failure> FailuresAsync(CancellationToken cancellation = default) => Failures.ReadAsync(cancellation);

    /// <summary>Bytes from executors, best effort.</summary>
    public IAsyncEnumerable<ExecutorMessage> MessagesAsync(CancellationToken cancellation = default) => Messages.ReadAsync(cancellation);

    /// <summary>What became of operations that have an id, and answers to <see cref="ReconcileOperationsAsync"/>.</summary>
    public IAsyncEnumerable<OperationStatus> OperationsAsync(CancellationToken cancellation = default) => Operations.ReadAsync(cancellation);

    /// <summary>
    /// Updates, in order for each task, at least once. With <see cref="SchedulerClientOptions.AutoAcknowledge"/> one is
    /// acknowledged when the next is asked for.
    /// </summary>
    public async IAsyncEnumerable<TaskUpdate> UpdatesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (TaskUpdate update in _updates.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            yield return update;
            if (_options.AutoAcknowledge)
                Acknowledge(update);
        }
    }

    /// <summary>Says that an update was dealt with and need not come again.</summary>
    public Task AcknowledgeAsync(TaskUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        Acknowledge(update);
        return Task.CompletedTask;
    }

    /// <summary>Launches tasks on an offer; what is left of it is declined.</summary>
    public Task<CommandResult> LaunchAsync(Offer offer, params IEnumerable<TaskInfo> tasks)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return AcceptAsync([offer.Id], [new OfferOperation.Launch([.. tasks])]);
    }

    /// <summary>Uses offers of one agent in one role: operations apply in order, what is left is declined.</summary>
    /// <param name="offers">One or more.</param>
    /// <param name="operations">What to do; refused when all of it is larger than a message may be (8 MiB).</param>
    /// <param name="refuseFor">How long what is left is not wanted; null for five seconds.</param>
    /// <param name="cancellation">Gives up waiting; the command may have been carried out.</param>
    public Task<CommandResult> AcceptAsync(
        IReadOnlyList<OfferId> offers, IReadOnlyList<OfferOperation> operations, TimeSpan? refuseFor = null, CancellationToken cancellation = default) =>
        WireSize.Problem(new AcceptOffers(FrameworkId, default, default, offers, operations, refuseFor), out int size) is null && size > MessageRules.MostBytes
            ? Task.FromResult(new CommandResult(RefusalKind.Invalid, new Problem("operations", $"have {size} bytes, and may have {MessageRules.MostBytes} in one call; make several")))
            : Send((session, request) => new AcceptOffers(FrameworkId, session, request, offers, operations, refuseFor), cancellation);

    /// <summary>Gives offers back.</summary>
    public Task<CommandResult> DeclineAsync(IReadOnlyList<OfferId> offers, TimeSpan? refuseFor = null, CancellationToken cancellation = default) =>
        Send((session, request) => new DeclineOffers(FrameworkId, session, request, offers, refuseFor), cancellation);

    /// <summary>Wants offers again: refusals are forgotten, suppression ends.</summary>
    /// <param name="roles">In which roles; none for all.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CommandResult> ReviveAsync(IReadOnlyList<string>? roles = null, CancellationToken cancellation = default) =>
        Send((session, request) => new ReviveOffers(FrameworkId, session, request, roles ?? []), cancellation);

    /// <summary>
    /// Wants no offers until it revives, and gives back the offers in these roles that it has not answered. Whoever has nothing
    /// to run should: offers help others then.
    /// </summary>
    /// <param name="roles">In which roles; none for all.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<CommandResult> SuppressAsync(IReadOnlyList<string>? roles = null, CancellationToken cancellation = default)
    {
        CommandResult result = await Send((session, request) => new SuppressOffers(FrameworkId, session, request, roles ?? []), cancellation).ConfigureAwait(false);
        OfferId[] open = [.. Offers.Open.Where(offer => roles is not { Count: > 0 } || roles.Contains(offer.Role)).Select(static offer => offer.Id)];
        if (result.IsDone && open.Length > 0)
            await DeclineAsync(open, TimeSpan.Zero, cancellation).ConfigureAwait(false);
        return result;
    }

    /// <summary>Says what it waits for in a role: offers are cut to fit, room is made for large ones.</summary>
    public Task<CommandResult> RequestAsync(string role, IReadOnlyList<WantedSize> sizes, CancellationToken cancellation = default) =>
        Send((session, request) => new RequestResources(FrameworkId, session, request, role, sizes), cancellation);

    /// <summary>Ends a task; its terminal state comes as an update.</summary>
    public Task<CommandResult> KillAsync(TaskId task, TimeSpan? gracePeriod = null, CancellationToken cancellation = default) =>
        Send((session, request) => new KillTask(FrameworkId, session, request, task, gracePeriod), cancellation);

    /// <summary>Asks for the state of tasks (none named: of all); answers come as updates.</summary>
    public async Task<CommandResult> ReconcileAsync(IReadOnlyList<TaskQuestion>? tasks = null, CancellationToken cancellation = default)
    {
        // None named is a question too.
        var result = new CommandResult();
        foreach (TaskQuestion[] some in tasks is { Count: > 0 } ? tasks.Chunk(MostQuestions) : [[]])
        {
            if (result.IsDone)
                result = await Send((session, request) => new ReconcileTasks(FrameworkId, session, request, some), cancellation).ConfigureAwait(false);
        }
        return result;
    }

    /// <summary>Asks for the state of operations that have an id (none named: of all); answers come as operations.</summary>
    public Task<CommandResult> ReconcileOperationsAsync(IReadOnlyList<OperationId>? operations = null, CancellationToken cancellation = default) =>
        Send((session, request) => new ReconcileOperations(FrameworkId, session, request, operations ?? []), cancellation);

    /// <summary>Ends an executor with all its tasks.</summary>
    public Task<CommandResult> ShutDownExecutorAsync(AgentId agent, ExecutorId executor, CancellationToken cancellation = default) =>
        Send((session, request) => new ShutDownExecutor(FrameworkId, session, request, agent, executor), cancellation);

    /// <summary>Sends bytes to an executor, best effort. Agents' own executors read none; simulated ones send them back.</summary>
    public void SendMessage(AgentId agent, ExecutorId executor, ReadOnlyMemory<byte> data) =>
        _actor.Tell(new SessionActor.SendMessage(agent, executor, data));

    /// <summary>Answers requests to leave agents.</summary>
    public Task<CommandResult> AnswerInverseOffersAsync(IReadOnlyList<InverseOfferId> offers, bool accept, CancellationToken cancellation = default) =>
        Send((session, request) => new AnswerInverseOffers(FrameworkId, session, request, offers, accept), cancellation);

    /// <summary>Says other things of the framework.</summary>
    public Task<CommandResult> UpdateAsync(FrameworkInfo info, IReadOnlyList<string>? suppressedRoles = null, CancellationToken cancellation = default) =>
        Send((session, request) => new UpdateFramework(FrameworkId, session, request, info, suppressedRoles ?? []), cancellation);

    /// <summary>Ends the framework for good, with all its tasks.</summary>
    public Task<CommandResult> TearDownAsync(CancellationToken cancellation = default) =>
        Send((_, request) => new TearDownFramework(FrameworkId, request), cancellation);

    /// <summary>Leaves: tasks go on for the framework's failover time-out, and it can be resumed by its id.</summary>
    public async ValueTask DisposeAsync()
    {
        _actor.Tell(SessionActor.Leave.Instance);
        End("the session was disposed of");
        await Ended.ConfigureAwait(false);
    }

    internal void Attach(IActorRef actor) => _actor = actor;

    internal void Become(ConnectionState state)
    {
        if (_state == state || _state == ConnectionState.Ended)
            return;
        _state = state;
        if (state == ConnectionState.Connected)
            _subscribed.TrySetResult();
        if (StateChanged is { } changed)
            ThreadPool.QueueUserWorkItem(_ => changed(this, state));
    }

    internal void End(string reason, Exception? cause = null)
    {
        EndReason ??= reason;
        Become(ConnectionState.Ended);
        _subscribed.TrySetException(cause ?? new InvalidOperationException($"The session is over: {reason}"));
        _ = _subscribed.Task.Exception;
        Offers.Complete();
        _updates.Writer.TryComplete();
        Requests.Complete();
        Failures.Complete();
        Messages.Complete();
        Operations.Complete();
        _ended.TrySetResult();
    }

    private void Acknowledge(TaskUpdate update)
    {
        if (update.Uuid is { } uuid)
            _actor.Tell(new SessionActor.Acknowledge(new UpdateKey(update.TaskId, uuid)));
    }

    private async Task<CommandResult> Send(Func<Guid, Guid, ICommand> command, CancellationToken cancellation)
    {
        if (MessageRules.Check(command(default, default)) is { } problem)
            return new CommandResult(RefusalKind.Invalid, problem);
        var answer = new TaskCompletionSource<CommandResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _actor.Tell(new SessionActor.Send(Guid.NewGuid(), command, answer));
        Task first = await Task.WhenAny(answer.Task, Ended).WaitAsync(_options.CommandTimeout, cancellation).ConfigureAwait(false);
        return first == answer.Task || answer.Task.IsCompleted
            ? await answer.Task.ConfigureAwait(false)
            : throw new InvalidOperationException($"The session is over: {EndReason}");
    }
}
