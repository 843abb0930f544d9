using System.CommandLine;
using ActorScheduler.Node;

var root = new RootCommand("ActorScheduler: a cluster scheduler of actors.") { VersionCommand.Create() };
return await root.Parse(args).InvokeAsync();
