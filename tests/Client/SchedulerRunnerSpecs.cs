using System.Threading.Channels;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Client.Specs;

/// <summary>A framework that is written as callbacks.</summary>
public sealed class SchedulerRunnerSpecs : SessionSpec
{
    [Fact]
    public async Task Each_kind_of_news_is_a_callback()
    {
        (FrameworkSession session, Subscribe subscribe) = await Begin();
        var scheduler = new Noting();
        Task running = Run(session, scheduler);
        (FrameworkId id, Guid own) = (session.FrameworkId, subscribe.Session);
        AgentId agent = new("a1");
        subscribe.Scheduler.Tell(new OffersReceived(id, own, [new Offer(new OfferId("o1"), id, "*", new AgentInfo(agent, "host"), Resources.Of(cpus: 1))]));
        subscribe.Scheduler.Tell(new UpdatesReceived(id, own, [new TaskUpdate(new TaskId("t1"), TaskState.Running, TaskSource.Executor, Uuid: Guid.NewGuid())]));
        subscribe.Scheduler.Tell(new InverseOffersReceived(id, own, [new InverseOffer(new InverseOfferId("i1"), id, agent, new Unavailability(DateTimeOffset.UnixEpoch))]));
        subscribe.Scheduler.Tell(new InverseOffersWithdrawn(id, own, [new InverseOfferId("i1")]));
        subscribe.Scheduler.Tell(new FailureReported(id, own, agent, new ExecutorId("e1"), 7));
        subscribe.Scheduler.Tell(new ReceivedFromExecutor(id, own, agent, new ExecutorId("e1"), new byte[] { 42 }));
        subscribe.Scheduler.Tell(new OperationsReported(id, own, [new OperationStatus(new OperationId("op1"), OperationState.Finished)]));

        // What is not taken is declined; the next callback comes when that is done.
        DeclineOffers decline = Next<DeclineOffers>();
        Masters.Reply(new CommandDone(decline.RequestId));

        await scheduler.Heard(8);
        string[] expected = ["subscribed", "offer o1", "t1 Running", "leave i1 a1", "stay i1", "failed a1 e1 7", "message e1 42", "op1 Finished"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), scheduler.News.Order(StringComparer.Ordinal));
        Assert.Equal("subscribed", scheduler.News.First());
        Assert.Equal("o1", Assert.Single(decline.OfferIds).Value);

        subscribe.Scheduler.Tell(new SessionEnded(id, own, SessionEnd.Replaced, "over"));
        await running.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Callbacks_come_one_after_another_and_one_that_throws_ends_it()
    {
        (FrameworkSession session, Subscribe subscribe) = await Begin();
        var scheduler = new Noting { ThrowsAt = "failed" };
        Task running = Run(session, scheduler);
        for (int i = 0; i < 50; i++)
        {
            subscribe.Scheduler.Tell(new ReceivedFromExecutor(session.FrameworkId, subscribe.Session, new AgentId("a1"), new ExecutorId("e1"), new byte[] { 1 }));
            subscribe.Scheduler.Tell(new OperationsReported(session.FrameworkId, subscribe.Session, [new OperationStatus(new OperationId("op1"), OperationState.Finished)]));
        }
        await scheduler.Heard(101);
        subscribe.Scheduler.Tell(new FailureReported(session.FrameworkId, subscribe.Session, new AgentId("a1"), null, null));

        Assert.Equal("failed", (await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(TimeSpan.FromSeconds(60)))).Message);
        Assert.Equal(1, scheduler.MostAtOnce);
        Assert.Equal(ConnectionState.Connected, session.State);
    }

    /// <summary>On the pool: the probes that specs wait with hold on to the test's own thread.</summary>
    private static Task Run(FrameworkSession session, Noting scheduler) => Task.Run(() => session.RunAsync(scheduler));

    private sealed class Noting : IScheduler
    {
        private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
        private int _now;

        public Queue<string> News { get; } = new();

        public string? ThrowsAt { get; init; }

        public int MostAtOnce { get; private set; }

        public Task SubscribedAsync(FrameworkSession session) => Note("subscribed");

        public async Task<bool> OfferedAsync(FrameworkSession session, Offer offer)
        {
            await Note($"offer {offer.Id}");
            return false;
        }

        public Task UpdatedAsync(FrameworkSession session, TaskUpdate update) => Note($"{update.TaskId} {update.State}");

        public Task LeaveRequestedAsync(FrameworkSession session, LeaveRequest request) =>
            Note(request.Offer is { } offer ? $"leave {request.Id} {offer.AgentId}" : $"stay {request.Id}");

        public Task FailedAsync(FrameworkSession session, Failure failure) => Note($"failed {failure.AgentId} {failure.ExecutorId} {failure.ExitCode}");

        public Task MessageReceivedAsync(FrameworkSession session, ExecutorMessage message) => Note($"message {message.ExecutorId} {message.Data.Span[0]}");

        public Task OperationUpdatedAsync(FrameworkSession session, OperationStatus operation) => Note($"{operation.Id} {operation.State}");

        public async Task Heard(int count)
        {
            for (int i = 0; i < count; i++)
                News.Enqueue(await _heard.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)));
        }

        private async Task Note(string news)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            await Task.Yield();
            Interlocked.Decrement(ref _now);
            if (ThrowsAt is { } word && news.StartsWith(word, StringComparison.Ordinal))
                throw new InvalidOperationException(word);
            _heard.Writer.TryWrite(news);
        }
    }
}
