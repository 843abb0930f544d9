using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Node;

// A node for tests: HOCON as its only argument; commands by lines, see CommandActor. Ends when its input does.
using var system = ActorSystem.Create("node", ConfigurationFactory.ParseString(args.Length > 0 ? args[0] : ""));
var commands = system.ActorOf(Props.Create(() => new CommandActor()), "commands");
Console.WriteLine($"listening {((ExtendedActorSystem)system).Provider.DefaultAddress}");
while (await Console.In.ReadLineAsync() is { } line) commands.Tell(line);
await system.Terminate();
