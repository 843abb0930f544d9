using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Tasks that matter less give way.</summary>
public sealed class PreemptionSpecs
{
    [Fact]
    public async Task Tasks_that_matter_less_make_room_for_a_request_of_their_role_that_nothing_fits()
    {
        await using var cluster = new TestCluster("actorscheduler.allocator { gather-after = 200 ms, preempt-after = 400 ms }");
        cluster.Start();
        await using SchedulerClient client = cluster.Connect();
        await using FrameworkSession low = await Register("low");
        await low.Launch([.. Enumerable.Range(1, 4).Select(static number => Session.Task($"low-{number}"))]);
        await low.Updates(TaskState.Running, "low-1", "low-2", "low-3", "low-4");
        await low.SuppressAsync();

        await using FrameworkSession high = await Register("high");
        (await high.RequestAsync("eng", [new WantedSize(Resources.Of(cpus: 2, mem: 64).Quantities, Priority: 10)])).OrThrow();
        await foreach (Offer offer in high.OffersAsync())
        {
            if (offer.Resources.PlainCpus >= 2_000)
            {
                (await high.LaunchAsync(offer, Session.Task("high", cpus: 2) with { Priority = 10 })).OrThrow();
                break;
            }
            // What was left over before it asked. Whoever sits on most of the cluster gets no room made.
            await high.DeclineAsync([offer.Id], TimeSpan.FromMinutes(10));
        }

        await high.Update("high", TaskState.Running);
        Assert.Equal(TaskReason.ContainerPreempted, (await low.UpdatesAsync().First(static update => update.State == TaskState.Killed)).Reason);

        Task<FrameworkSession> Register(string name) =>
            client.RegisterAsync(new FrameworkInfo { Name = name, Roles = ["eng"] }).WaitAsync(TestCluster.Limit);
    }
}
