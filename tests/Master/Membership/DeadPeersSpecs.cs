using ActorScheduler.Master.Membership;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Remote;
using Akka.TestKit.Xunit2;
using AkkaCluster = Akka.Cluster.Cluster;

namespace ActorScheduler.Master.Specs.Membership;

public sealed class DeadPeersSpecs : TestKit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Silence alone is forgiven for longer than the spec lasts, so that nothing but a refusal can down a member; a system that
    // is terminated closes its port without leaving, as a killed process does.
    private static readonly Config Members = ConfigurationFactory.ParseString("""
        akka {
          actor.provider = cluster
          loglevel = WARNING
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          cluster {
            failure-detector {
              acceptable-heartbeat-pause = 600 s
              implementation-class = "ActorScheduler.Master.Membership.RefusableFailureDetector, ActorScheduler.Master"
            }
            gossip-interval = 100 ms
            leader-actions-interval = 100 ms
            run-coordinated-shutdown-when-down = off
          }
          coordinated-shutdown { run-by-actor-system-terminate = off, run-by-clr-shutdown-hook = off, terminate-actor-system = off }
        }
        """);

    public DeadPeersSpecs()
        : base(Members)
    {
    }

    [Fact]
    public async Task A_member_whose_process_is_gone_is_removed_long_before_the_failure_detector_finds_out()
    {
        AkkaCluster cluster = AkkaCluster.Get(Sys);
        ActorSystem second = ActorSystem.Create(Sys.Name, Members), third = ActorSystem.Create(Sys.Name, Members);
        try
        {
            await cluster.JoinAsync(cluster.SelfAddress);
            await AkkaCluster.Get(second).JoinAsync(cluster.SelfAddress);
            await AkkaCluster.Get(third).JoinAsync(cluster.SelfAddress);
            await AwaitConditionAsync(() => Task.FromResult(cluster.State.Members.Count(static member => member.Status == MemberStatus.Up) == 3), Limit);
            Sys.ActorOf(DeadPeersActor.Props(TimeSpan.FromMilliseconds(50)));
            Address lost = AkkaCluster.Get(third).SelfAddress;

            await third.Terminate();

            await AwaitConditionAsync(() => Task.FromResult(AkkaCluster.Get(second).State.Members.All(member => member.Address != lost)), Limit);
            Assert.Contains(cluster.State.Members, member => member.Address == AkkaCluster.Get(second).SelfAddress && member.Status == MemberStatus.Up);
        }
        finally
        {
            await second.Terminate();
        }
    }

    [Fact]
    public async Task A_node_leaves_when_a_member_has_put_it_in_quarantine_and_not_when_a_stranger_has()
    {
        ActorSystem node = ActorSystem.Create("quarantined", ConfigurationFactory.ParseString("""
            akka.coordinated-shutdown { terminate-actor-system = on, exit-clr = off }
            """).WithFallback(Members));
        AkkaCluster cluster = AkkaCluster.Get(node);
        await cluster.JoinAsync(cluster.SelfAddress);
        MemberLink.StartQuarantineWatch(node);
        // It is started once it answers.
        await node.ActorSelection("/user/quarantine").ResolveOne(Limit);

        node.EventStream.Publish(new ThisActorSystemQuarantinedEvent(cluster.SelfAddress, new Address("akka.tcp", "quarantined", "127.0.0.1", 1)));
        node.EventStream.Publish(new ThisActorSystemQuarantinedEvent(cluster.SelfAddress, cluster.SelfAddress));
        await node.WhenTerminated.WaitAsync(Limit);

        Assert.IsType<CoordinatedShutdown.ClusterDowningReason>(CoordinatedShutdown.Get(node).ShutdownReason);
    }
}
