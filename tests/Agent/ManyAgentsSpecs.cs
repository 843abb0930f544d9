using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Containers.Simulated;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Xunit.Abstractions;

namespace ActorScheduler.Agent.Specs;

public sealed class ManyAgentsSpecs(ITestOutputHelper output) : TestKit(AgentSpec.Quick)
{
    private const int Agents = 2000;

    [Fact]
    public void Thousands_of_agents_fit_in_one_process()
    {
        var containers = new SimulatedContainerizer(SimulationModel.Still, TimeProvider.System);
        var settings = AgentSettings.From(Sys.Settings.Config);
        var link = new ProbeLink(TestActor, TestActor);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var agents = new List<IActorRef>();
        for (int i = 0; i < Agents; i++)
        {
            var options = new AgentOptions { Hostname = $"host-{i}", Resources = Given.Host, Containerizers = [containers] };
            agents.Add(Sys.ActorOf(AgentActor.Props(options, settings, link, new MemoryCheckpoint(), TimeProvider.System)));
        }
        var registered = new HashSet<IActorRef>();
        while (registered.Count < Agents)
        {
            var register = (RegisterAgent)FishForMessage(static message => message is RegisterAgent, TimeSpan.FromSeconds(30));
            if (registered.Add(register.Agent))
                register.Agent.Tell(new AgentRegistered(register.AgentId, new Epoch(1), registered.Count, TimeSpan.FromMinutes(5), []));
        }
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Agents;
        output.WriteLine($"{each} bytes for each of {Agents} agents");

        Assert.Equal(agents.ToHashSet(), registered);
        Assert.InRange(each, 1, 64 * 1024);
    }
}
