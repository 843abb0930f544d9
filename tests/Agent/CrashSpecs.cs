using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Containers.Simulated;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorScheduler.Agent.Specs;

/// <summary>Load from a framework that repeats what is not answered, and an agent that is killed at random moments.</summary>
public sealed class CrashSpecs() : TestKit(AgentSpec.Quick)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_task_that_was_acknowledged_ends_exactly_once_and_is_told_of(int seed)
    {
        using var folder = new TestFolder();
        var random = new Random(seed);
        var containers = new SimulatedContainerizer(
            new SimulationModel(seed, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(10), crashes: 0.3), TimeProvider.System);
        IActorRef masters = Sys.ActorOf(Props.Create(() => new MastersActor(seed, TestActor)));
        for (int life = 0; life < 12; life++)
        {
            SqliteCheckpoint checkpoint = SqliteCheckpoint.Open(folder.File);
            var options = new AgentOptions { Hostname = "host", Resources = Given.Host, Containerizers = [containers] };
            IActorRef agent = Watch(Sys.ActorOf(AgentActor.Props(options, AgentSettings.From(Sys.Settings.Config), new ProbeLink(masters, masters), checkpoint, TimeProvider.System)));
            // A life is so many messages at the masters, whatever the machine's speed.
            masters.Tell(new MastersActor.Live(agent, random.Next(5, 120)));
            FishForMessage(static message => message is MastersActor.LifeOver, TimeSpan.FromSeconds(30));
            if (life == 11)
                masters.Tell(MastersActor.Settle.Instance);
            else
                agent.Tell(Kill.Instance);
            if (life < 11)
                ExpectTerminated(agent, TimeSpan.FromSeconds(60));
            else
                Assert.Equal("", ((MastersActor.Settled)FishForMessage(static message => message is MastersActor.Settled, TimeSpan.FromSeconds(60))).Fault);
            if (life == 11)
            {
                agent.Tell(PoisonPill.Instance);
                ExpectTerminated(agent, TimeSpan.FromSeconds(60));
            }
            await checkpoint.DisposeAsync();
        }
    }
}
