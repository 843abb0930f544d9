using ActorScheduler.Master.Frameworks;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.TestKit;

namespace ActorScheduler.Master.Specs.Frameworks;

/// <summary>
/// Nobody is told what is not in the journal: not by retries either, and not by an actor that was replaced while its process stood still.
/// </summary>
[Collection(SlowJournal.Name)]
public sealed class DurabilitySpecs() : FrameworkSpec(SlowJournal.Config)
{
    [Fact]
    public void An_update_that_is_not_durable_is_told_nobody_whatever_is_said_meanwhile()
    {
        RunsWell("t1");
        SlowJournal.Hold();

        Report(Status("t1", TaskState.Finished));
        Framework.Tell(new ReconcileTasks(Id, Session, Guid.NewGuid(), [new TaskQuestion(new TaskId("t1"))]), Scheduler);
        // The scheduler is there again, as after a pause, and hears what it is owed.
        TestProbe back = CreateTestProbe();
        Framework.Tell(new KeepSession(Id, Session, back), back);
        RoundsOfRetries();

        foreach (TestProbe probe in new[] { Scheduler, back })
        {
            while (probe.HasMessages)
                Assert.False(probe.ReceiveOne(TimeSpan.Zero) is UpdatesReceived);
        }
    }

    [Fact]
    public void Offers_are_not_used_before_it_is_durable_that_they_were_accepted()
    {
        Subscribe();
        SlowJournal.Hold();

        Framework.Tell(new AcceptOffers(Id, Session, Guid.NewGuid(), [OfferId], [new OfferOperation.Launch([Task("t1")])]), Scheduler);
        List<object> got = RoundsOfRetries();
        Framework.Tell(new AllocatorStarted(new Epoch(7), Allocator), Allocator);
        got.AddRange(RoundsOfRetries());

        Assert.DoesNotContain(got, static message => message is UseOffers);
    }

    [Fact]
    public void Nothing_is_launched_before_it_is_durable_that_it_was_granted()
    {
        Subscribe();
        UseOffers use = Accept(Task("t1"));
        SlowJournal.Hold();

        Framework.Tell(Granted(use), Allocator);
        RoundsOfRetries();

        while (Agent.HasMessages)
            Assert.False(Agent.ReceiveOne(TimeSpan.Zero) is LaunchTasks);
    }

    [Fact]
    public void A_framework_whose_removal_is_not_durable_keeps_its_tasks_and_its_session()
    {
        RunsWell("t1");
        SlowJournal.Hold();

        Framework.Tell(new TearDownFramework(Id, Guid.NewGuid()), TestActor);
        Framework.Tell(new KeepSession(Id, Session, Scheduler), Scheduler);
        // Several retries.
        Scheduler.ExpectNoMsg(TimeSpan.FromSeconds(1));

        while (Agent.HasMessages)
            Assert.False(Agent.ReceiveOne(TimeSpan.Zero) is EndFramework);
    }

    [Fact]
    public void An_actor_that_begins_anew_writes_at_once_so_that_an_earlier_one_cannot_write_any_more()
    {
        RunsWell("t1");
        SlowJournal.Written.Clear();

        Restart();

        AwaitAssert(() => Assert.Contains(SlowJournal.Written, static written => written is SnapshotBegun));
    }

    protected override void AfterAll()
    {
        SlowJournal.Fail();
        base.AfterAll();
    }

    /// <summary>A task that runs, of which its scheduler knows all.</summary>
    private void RunsWell(string task)
    {
        Subscribe();
        Launch(Task(task));
        Report(Status(task, TaskState.Running));
        Acknowledge(NextUpdate(task, TaskState.Running));
        AwaitAssert(() => Assert.Equal(0, Snapshot().Unacknowledged));
    }

    /// <summary>Waits until the actor has retried what it retries several times, and gives what the allocator got meanwhile.</summary>
    private List<object> RoundsOfRetries()
    {
        var got = new List<object>();
        // That no allocator has answered is tried anew at each of them.
        while (got.Count(static message => message is RegisterFramework) < 12)
            got.Add(Allocator.ReceiveOne(TimeSpan.FromSeconds(60)));
        return got;
    }
}
