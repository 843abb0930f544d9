using ActorScheduler.Cli.Commands;
using ActorScheduler.Cli.Operators;

OutputStream.Install();
return await CommandTree.Run(args, Console.Out, Console.Error);
