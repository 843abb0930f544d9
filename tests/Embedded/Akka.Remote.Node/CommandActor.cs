using System.Globalization;
using Akka.Actor;

namespace Akka.Remote.Node;

/// <summary>
/// Does what a test says: <c>watch PATH</c> writes <c>watching PATH</c> and later <c>terminated PATH</c>; <c>count PATH N</c>
/// sends the numbers from 1 to N to an actor; each number that arrives here is written as <c>got N</c>.
/// </summary>
internal sealed class CommandActor : ReceiveActor
{
    public CommandActor()
    {
        Receive<string>(line => Handle(line.Split(' ')));
        Receive<int>(number => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"got {number}")));
        Receive<Watched>(watched =>
        {
            Context.Watch(watched.Actor);
            Console.WriteLine($"watching {watched.Actor.Path}");
        });
        Receive<Terminated>(terminated => Console.WriteLine($"terminated {terminated.ActorRef.Path} address-terminated={terminated.AddressTerminated}"));
        Receive<Status.Failure>(failure => Console.WriteLine($"failed {failure.Cause.Message}"));
    }

    private void Handle(string[] words)
    {
        switch (words)
        {
            case ["watch", var path]:
                Context.ActorSelection(path).ResolveOne(TimeSpan.FromSeconds(10)).PipeTo(Self, Self, static actor => new Watched(actor));
                break;
            case ["count", var path, var most]:
                var target = Context.ActorSelection(path);
                for (var i = 1; i <= int.Parse(most, CultureInfo.InvariantCulture); i++) target.Tell(i);
                break;
            default:
                Console.WriteLine($"unknown {string.Join(' ', words)}");
                break;
        }
    }

    private sealed record Watched(IActorRef Actor);
}
