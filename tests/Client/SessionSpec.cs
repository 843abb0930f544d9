using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorScheduler.Client.Specs;

/// <summary>A client with a probe in place of masters.</summary>
public abstract class SessionSpec : TestKit
{
    private readonly SchedulerClient _client;

    private protected SessionSpec()
        : base("akka.loglevel = WARNING, akka.test.single-expect-default = 30 s")
    {
        Masters = CreateTestProbe();
        _client = SchedulerClient.OnNode(Sys, new ProbeLink(this), new SchedulerClientOptions { RetryInterval = TimeSpan.FromMilliseconds(100) });
    }

    private protected TestProbe Masters { get; }

    /// <summary>Whether nobody answers a session that asks for signs of life; its questions are among the probe's messages then.</summary>
    private protected bool IsAway { get; set; }

    private protected async Task<(FrameworkSession Session, Subscribe Subscribe)> Begin()
    {
        var beginning = _client.RegisterAsync(new FrameworkInfo { Name = "f" });
        var subscribe = Next<Subscribe>();
        subscribe.Scheduler.Tell(new Subscribed(subscribe.FrameworkId, subscribe.Session, TimeSpan.FromMilliseconds(100), 0, []));
        return (await beginning, subscribe);
    }

    private protected T Next<T>() => (T)Masters.FishForMessage(static message => message is T, TimeSpan.FromSeconds(60));

    private sealed class ProbeLink(SessionSpec spec) : MasterLink
    {
        protected override void Deliver(IAllocatorMessage message, IActorRef sender) => spec.Masters.Ref.Tell(message, sender);

        protected override void Deliver(IFrameworkMessage message, IActorRef sender)
        {
            // Masters are there however slowly a spec reads: a session that hears nothing subscribes anew.
            if (message is KeepSession keep && !spec.IsAway)
                keep.Scheduler.Tell(new SessionAlive(keep.FrameworkId, keep.Session));
            else
                spec.Masters.Ref.Tell(message, sender);
        }
    }
}
