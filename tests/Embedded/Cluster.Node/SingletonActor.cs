using Akka.Actor;
using Akka.Cluster.Tools.Singleton;

namespace Akka.Cluster.Node;

/// <summary>
/// <c>singleton start FILE</c> takes part in having a singleton, which notes its life in the file, and writes <c>manager
/// started</c>; <c>singleton ask</c> asks it where it is, and writes <c>singleton at HOST:PORT</c> or <c>singleton silent</c>.
/// </summary>
internal sealed class SingletonActor : ReceiveActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private IActorRef? _proxy;

    public SingletonActor()
    {
        Receive<Command>(command => Do(command.Words));
        Receive<Lifetime.Where>(where => Output.Write($"singleton at {where.Node}"));
        Receive<Status.Failure>(static _ => Output.Write($"singleton silent"));
    }

    private void Do(string[] words)
    {
        switch (words)
        {
            case ["start", var file]:
                var system = Context.System;
                system.ActorOf(
                    ClusterSingletonManager.Props(Lifetime.Props("singleton", file), PoisonPill.Instance, ClusterSingletonManagerSettings.Create(system)), "manager");
                _proxy = system.ActorOf(ClusterSingletonProxy.Props("/user/manager", ClusterSingletonProxySettings.Create(system)), "proxy");
                Output.Write($"manager started");
                break;
            case ["ask"]:
                _proxy!.Ask<Lifetime.Where>(Lifetime.Question, Patience).PipeTo(Self);
                break;
            default:
                Output.Write($"unknown singleton {string.Join(' ', words)}");
                break;
        }
    }
}
