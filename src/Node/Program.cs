using ActorScheduler.Node.Commands;

return await CommandTree.Run(args, Console.Out, Console.Error);
