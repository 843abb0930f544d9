using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Node.Example;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched example</c>: the framework of <c>scripts/quickstart</c>, until a signal ends it.</summary>
internal static class ExampleCommand
{
    internal static Command Create()
    {
        var instances = new Option<int>("--instances") { HelpName = "N", Description = "How many.", DefaultValueFactory = static _ => 6 };
        var image = new Option<string?>("--image") { HelpName = "IMAGE", Description = "Image of the containers. Default: plain processes." };
        var arguments = new Argument<string>("LINE") { Description = "What each runs, for /bin/sh." };
        var command = new Command("example", "Keep instances of a command running, as an example of a framework.") { instances, image, arguments };
        command.Hidden = true;
        return MastersFlags.AddRunning(command, async (session, parsed) =>
        {
            using var over = new CancellationTokenSource();
            var template = new TaskInfo
            {
                Id = new TaskId("example"), Name = "web", Resources = Resources.Of(cpus: 0.1, mem: 32),
                Command = new CommandInfo(parsed.GetValue(arguments)), Container = parsed.GetValue(image) is { } from ? new ContainerInfo(from) : null,
            };
            TextWriter output = parsed.InvocationConfiguration.Output;
            await session.ConnectScheduler();
            await using FrameworkSession framework = await session.Scheduler.RegisterAsync(new FrameworkInfo { Name = "example", FailoverTimeout = TimeSpan.FromMinutes(10) });
            using var signals = new CommandSignals();
            Task running = framework.RunAsync(new KeepRunning(parsed.GetValue(instances), template, output.WriteLine, TimeProvider.System), over.Token);
            Task signalled = signals.Next(over.Token).AsTask();
            if (await Task.WhenAny(running, signalled) == running)
                await running;
            await over.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var limit = new CancellationTokenSource(session.Limit);
            await ((Task)framework.TearDownAsync(limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return (int)ExitCode.Done;
        });
    }
}
