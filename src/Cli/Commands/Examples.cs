using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace ActorScheduler.Cli.Commands;

/// <summary>Examples that stand at the end of each command's help. They are parsed by the specs, so that they stay right.</summary>
internal static class Examples
{
    /// <summary>Command lines by the words of their command.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> ByCommand = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [""] = ["asched dev", "asched run -- echo hello", "asched tasks --http 10.0.0.1:8080"],
        ["node"] =
        [
            "asched node --bind 10.0.0.1:2551 --seeds 10.0.0.1:2551,10.0.0.2:2551,10.0.0.3:2551 --http 10.0.0.1:8080 --data /var/lib/asched",
            "asched node --roles agent --join client --seeds 10.0.0.1:2551 --data /var/lib/asched",
        ],
        ["dev"] = ["asched dev", "asched dev --nodes 1 --http 127.0.0.1:8080 --data /tmp/dev --containerizers docker,process"],
        ["cluster"] = ["asched cluster show"],
        ["cluster show"] = ["asched cluster show", "asched cluster show --json"],
        ["cluster leave"] = ["asched cluster leave 10.0.0.3:2551"],
        ["cluster down"] = ["asched cluster down 10.0.0.3:2551 --yes"],
        ["run"] =
        [
            "asched run -- echo hello",
            "asched run --image nginx --port 80 --cpus 1 --mem 256",
            "asched run --shell 'sort data.txt | uniq -c' --volume /srv/data:data",
            "asched run --detach --name worker --env QUEUE=mail -- ./worker --queue mail",
        ],
        ["task"] = ["asched task list", "asched task logs -f web-1"],
        ["task list"] = ["asched task list", "asched task list marathon --limit 50", "asched task list --completed"],
        ["tasks"] = ["asched tasks", "asched tasks marathon"],
        ["task show"] = ["asched task show web-1", "asched task show 7f3a/web-1 --json"],
        ["task logs"] = ["asched task logs -f web-1", "asched task logs -n 100 --stderr web-1"],
        ["task exec"] = ["asched task exec -it web-1 -- sh", "asched task exec web-1 -- cat /etc/hosts"],
        ["task stats"] = ["asched task stats", "asched task stats --once web-1 web-2"],
        ["task files"] = ["asched task files ls web-1"],
        ["task files ls"] = ["asched task files ls web-1", "asched task files ls web-1 logs"],
        ["task files cat"] = ["asched task files cat web-1 stdout"],
        ["task files get"] = ["asched task files get web-1 core --to /tmp/core"],
        ["task kill"] = ["asched task kill web-1", "asched task kill --grace 0 web-1"],
        ["framework"] = ["asched framework list"],
        ["framework list"] = ["asched framework list"],
        ["frameworks"] = ["asched frameworks"],
        ["framework show"] = ["asched framework show marathon"],
        ["framework teardown"] = ["asched framework teardown marathon --yes"],
        ["agent"] = ["asched agent list", "asched agent drain node-1"],
        ["agent list"] = ["asched agent list"],
        ["agents"] = ["asched agents"],
        ["agent show"] = ["asched agent show node-1"],
        ["agent drain"] = ["asched agent drain node-1", "asched agent drain node-1 --deadline 3600 --grace 30", "asched agent drain node-1 --mark-gone --yes"],
        ["agent deactivate"] = ["asched agent deactivate node-1"],
        ["agent reactivate"] = ["asched agent reactivate node-1"],
        ["agent gone"] = ["asched agent gone node-1 --yes"],
        ["agent maintenance"] =
        [
            "asched agent maintenance node-1 --start 2026-01-31T18:00Z --duration 7200",
            "asched agent maintenance node-1 --clear",
        ],
        ["role"] = ["asched role list"],
        ["role list"] = ["asched role list"],
        ["roles"] = ["asched roles"],
        ["offers"] = ["asched offers", "asched offers marathon"],
        ["why"] = ["asched why web-1", "asched why marathon --role eng --size 'cpus:4;mem:8192'"],
        ["quota"] = ["asched quota set eng --limit 'cpus:100'"],
        ["quota set"] = ["asched quota set eng --guarantee 'cpus:20;mem:4096' --limit 'cpus:100'"],
        ["quota remove"] = ["asched quota remove eng"],
        ["weight"] = ["asched weight set eng 2"],
        ["weight set"] = ["asched weight set eng 2"],
        ["weight remove"] = ["asched weight remove eng"],
        ["reserve"] = ["asched reserve node-1 --role eng 'cpus:2;disk:1024'", "asched reserve node-1 --role eng/web --refine 'cpus:1'"],
        ["unreserve"] = ["asched unreserve node-1 --role eng 'cpus:2;disk:1024'"],
        ["volume"] = ["asched volume list"],
        ["volume list"] = ["asched volume list", "asched volume list node-1"],
        ["volume create"] = ["asched volume create node-1 --role eng --id data --size 1024 --path /var/lib/data"],
        ["volume destroy"] = ["asched volume destroy node-1 data --yes"],
        ["config"] = ["asched config show"],
        ["config show"] = ["asched config show", "asched config show --config /etc/asched.conf --engine"],
        ["certs"] = ["asched certs authority", "asched certs node node-1"],
        ["certs authority"] = ["asched certs authority", "asched certs authority --dir certs --days 1825"],
        ["certs node"] = ["asched certs node node-1", "asched certs node node-1 --host 10.0.0.1 --host node-1.example.com"],
        ["completion"] = ["asched completion bash"],
        ["completion bash"] = ["source <(asched completion bash)"],
        ["completion zsh"] = ["source <(asched completion zsh)"],
        ["completion fish"] = ["asched completion fish | source"],
        ["version"] = ["asched version"],
    };

    /// <summary>Has the help of a command and of all below it end with its examples.</summary>
    internal static RootCommand AddTo(RootCommand root)
    {
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            if (help.Action is HelpAction usual)
                help.Action = new Action(usual);
        }
        return root;
    }

    /// <summary>The words of a command below the root: <c>task files ls</c>.</summary>
    private static string Words(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Words(parent)} {command.Command.Name}".Trim() : "";

    private sealed class Action(HelpAction usual) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int code = usual.Invoke(parseResult);
            if (ByCommand.TryGetValue(Words(parseResult.CommandResult), out string[]? examples))
            {
                TextWriter output = parseResult.InvocationConfiguration.Output;
                output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
                foreach (string example in examples)
                    output.WriteLine($"  {example}");
                output.WriteLine();
            }
            return code;
        }
    }
}
