using ActorScheduler.Master.Offers;
using ActorScheduler.Master.Specs.Frameworks;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorScheduler.Master.Specs.Offers;

/// <summary>Nobody is told how an agent stands before it is in the journal that it does.</summary>
[Collection(SlowJournal.Name)]
public sealed class AllocatorDurabilitySpecs : TestKit
{
    private static readonly AgentId Id = new("agent-1");
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly TestProbe _frameworks;
    private readonly TestProbe _agent;
    private readonly IActorRef _allocator;

    public AllocatorDurabilitySpecs()
        : base(SlowJournal.Config.WithFallback(FrameworkSpec.Quick))
    {
        (_frameworks, _agent) = (CreateTestProbe("frameworks"), CreateTestProbe("agent"));
        TestProbe announcer = CreateTestProbe("announcer");
        _allocator = Sys.ActorOf(AllocatorActor.Props(AllocatorSettings.From(Sys.Settings.Config), new AllocatorSurroundings(_frameworks, announcer), TimeProvider.System));
        announcer.ExpectMsg<AllocatorStarted>();
        _allocator.Tell(Registration(), _agent);
        _agent.ExpectMsg<AgentRegistered>();
        SlowJournal.Hold();
        _allocator.Tell(new MarkAgentGone(Guid.NewGuid(), Id), TestActor);
    }

    [Fact]
    public void A_framework_that_asks_hears_that_an_agent_is_gone_once_that_is_durable()
    {
        _allocator.Tell(new RegisterFramework(FrameworkSpec.Id, FrameworkSpec.Info, [], true, [Id]), _frameworks);

        // What is there is offered until then.
        Assert.DoesNotContain(_frameworks.ReceiveWhile(Moment, static message => message), static message => message is FrameworkRegistered);
        SlowJournal.Release();
        Assert.Equal(AgentState.Gone, Assert.Single(FrameworkSpec.Next<FrameworkRegistered>(_frameworks).Agents).State);
    }

    [Fact]
    public void An_agent_that_registers_again_is_turned_away_once_it_is_durable_that_it_is_gone()
    {
        _allocator.Tell(Registration(), _agent);

        _agent.ExpectNoMsg(Moment);
        SlowJournal.Release();
        Assert.True(FrameworkSpec.Next<AgentRefused>(_agent).IsFinal);
    }

    protected override void AfterAll()
    {
        SlowJournal.Fail();
        base.AfterAll();
    }

    private RegisterAgent Registration() => new(Id, Guid.NewGuid(), _agent, null, new AgentInfo(Id, "host-1"), Resources.Of(cpus: 1, mem: 100), [], 0, IsDegraded: false);
}
