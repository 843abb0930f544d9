using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Cluster.Node;
using Akka.Configuration;

// A member of a cluster for tests. Arguments: HOCON, then files of HOCON that it falls back to. Commands come by lines, see
// CommandActor; observations go out by lines that begin with the milliseconds of the clock. When its input ends it leaves the
// cluster in good order and ends; so it does at SIGTERM.
var config = args.Skip(1).Aggregate(ConfigurationFactory.ParseString(args[0]), static (all, file) => all.WithFallback(ConfigurationFactory.ParseString(File.ReadAllText(file))));
using var system = ActorSystem.Create("cluster", config);
// Since .NET 10 the runtime leaves SIGTERM to the program.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
});
var commands = system.ActorOf(Props.Create(() => new CommandActor()), "commands");
Output.Write($"listening {((ExtendedActorSystem)system).Provider.DefaultAddress}");
_ = Task.Run(async () =>
{
    while (await Console.In.ReadLineAsync() is { } line) commands.Tell(line);
    await system.Terminate();
});
await system.WhenTerminated;
Output.Write($"terminated");
