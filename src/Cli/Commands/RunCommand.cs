using System.CommandLine;
using System.Globalization;
using ActorScheduler.Cli.Runs;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched run -- CMD ARGS</c>: runs a command once somewhere in the cluster, as if it ran here.</summary>
internal static class RunCommand
{
    internal static Command Create()
    {
        var image = new Option<string?>("--image") { HelpName = "IMAGE", Description = "Container image. Default: none, the command runs as a plain process of the agent's host." };
        var cpus = new Option<string>("--cpus") { HelpName = "N", Description = "CPUs to allocate.", DefaultValueFactory = static _ => "0.1" };
        var mem = new Option<string>("--mem") { HelpName = "MIB", Description = "Memory to allocate.", DefaultValueFactory = static _ => "64" };
        var disk = new Option<string>("--disk") { HelpName = "MIB", Description = "Disk to allocate.", DefaultValueFactory = static _ => "0" };
        var ports = Many("--port", "NAME|PORT", "Allocate a host port, passed in the variables PORT0 and PORT_NAME. A number publishes that port of the container on it.");
        var variables = Many("--env", "NAME=VALUE", "Set an environment variable; without =VALUE its value is taken from this shell.");
        var volumes = Many("--volume", "HOST:CONTAINER[:ro]", "Mount a directory of the agent's host.");
        var labels = Many("--label", "KEY=VALUE", "Set a label of the task.");
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "Name of the framework and the task. Default: derived from the command or image." };
        var role = new Option<string>("--role") { HelpName = "ROLE", Description = "Role whose resources are used.", DefaultValueFactory = static _ => RoleName.Default };
        var user = new Option<string?>("--user") { HelpName = "USER", Description = "User to run as. Default: the image's or the agent's user." };
        var grace = new Option<string?>("--grace") { HelpName = "SECONDS", Description = "Grace period between SIGTERM and SIGKILL when it is killed. Default: the agent's." };
        var timeout = new Option<string?>("--timeout") { HelpName = "SECONDS", Description = "Kill it after this time, waiting for an offer included, and exit with 124." };
        var shell = new Option<bool>("--shell") { Description = "CMD is a single argument that /bin/sh runs." };
        var detach = new Option<bool>("--detach", "-d") { Description = "Print FRAMEWORK/TASK and exit; the task keeps running." };
        var arguments = new Argument<string[]>("CMD") { Description = "Command and its arguments, after --.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("run", "Run a command once on the cluster, print its output and exit with its exit code.")
        {
            image, cpus, mem, disk, ports, variables, volumes, labels, name, role, user, grace, timeout, shell, detach, arguments,
        };
        return MastersFlags.AddRunning(command, (session, parsed) =>
        {
            string[] words = ProgramWords.Of(parsed, arguments);
            string? from = parsed.GetValue(image);
            if (words.Length == 0 && from is null)
                throw new AschedException(ExitCode.Usage, "CMD: must be given after --, or --image with a program of its own");
            if (parsed.GetValue(shell) && words.Length != 1)
                throw new AschedException(ExitCode.Usage, "--shell: CMD must be one line; write it in quotes");
            var request = new RunRequest
            {
                Name = parsed.GetValue(name) ?? NameOf(parsed.GetValue(shell) ? "sh" : from ?? words[0]),
                Role = parsed.GetValue(role)!,
                Size = Resources.Of(Amount("--cpus", parsed.GetValue(cpus)!), Amount("--mem", parsed.GetValue(mem)!), Amount("--disk", parsed.GetValue(disk)!)),
                Ports = [.. parsed.GetValue(ports)!.Select(static text => Input.Valid(PortWish.Parse(text)))],
                Image = from,
                Volumes = [.. parsed.GetValue(volumes)!.Select(Volume)],
                Environment = parsed.GetValue(variables)!.Select(static text => Pair("--env", text, Environment.GetEnvironmentVariable)).ToDictionary(),
                Labels = new Labels([.. parsed.GetValue(labels)!.Select(static text => Pair("--label", text, static _ => "")).Select(static pair => new Label(pair.Key, pair.Value))]),
                Arguments = words,
                IsShell = parsed.GetValue(shell),
                User = parsed.GetValue(user),
                Grace = parsed.GetValue(grace) is { } period ? MastersFlags.Grace("--grace", period) : null,
                Timeout = parsed.GetValue(timeout) is { } limit ? Limit(limit) : null,
                IsDetached = parsed.GetValue(detach),
            };
            if (IdRules.Check("--name", request.Name) is { } problem)
                throw new AschedException(ExitCode.Usage, problem.ToString());
            InvocationConfiguration console = parsed.InvocationConfiguration;
            return new OneOff(session, request, console.Output, console.Error).Run();
        });
    }

    private static Option<string[]> Many(string name, string value, string help) =>
        new(name) { HelpName = value, Description = help, DefaultValueFactory = static _ => [] };

    /// <summary>A timer holds seven weeks; whoever waits longer waits for ever.</summary>
    private static TimeSpan? Limit(string text) => MastersFlags.Seconds("--timeout", text) is var limit && limit < TimeSpan.FromDays(49) ? limit : null;

    private static double Amount(string flag, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double amount) && amount is >= 0 and < 1e9
            ? amount
            : throw new AschedException(ExitCode.Usage, $"{flag}: '{text}' must be a number, 0 or more");

    private static KeyValuePair<string, string> Pair(string flag, string text, Func<string, string?> missing)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? text : text[..equals];
        if (name.Length == 0)
            throw new AschedException(ExitCode.Usage, $"{flag}: '{text}' must be written NAME=VALUE");
        return new(name, equals < 0 ? missing(name) ?? "" : text[(equals + 1)..]);
    }

    private static Volume Volume(string text) => text.Split(':') switch
    {
        [{ Length: > 0 } host, { Length: > 0 } container] => new Volume(container, HostPath: host),
        [{ Length: > 0 } host, { Length: > 0 } container, "ro"] => new Volume(container, VolumeMode.ReadOnly, host),
        [{ Length: > 0 } host, { Length: > 0 } container, "rw"] => new Volume(container, HostPath: host),
        _ => throw new AschedException(ExitCode.Usage, $"--volume: '{text}' must be written HOST:CONTAINER or HOST:CONTAINER:ro"),
    };

    /// <summary>The last part of a path or image, without tag: <c>registry/team/web:2</c> is <c>web</c>.</summary>
    private static string NameOf(string text)
    {
        string last = text[(text.TrimEnd('/').LastIndexOf('/') + 1)..].Split('@', ':')[0];
        return last.Length > 0 ? last[..Math.Min(last.Length, 100)] : "run";
    }
}
