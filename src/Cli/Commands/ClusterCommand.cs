using System.CommandLine;
using ActorScheduler.Gateway.Operators.Contract;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched cluster show|leave|down</c>: the nodes that are members, and what is decided of them.</summary>
internal static class ClusterCommand
{
    internal static Command Create() => new("cluster", "Show the cluster's members, and remove one.") { Show(), Leave(), Down() };

    private static Command Show() => MastersFlags.Add(new Command("show", "Show the cluster's members, as seen by the node that is asked, and totals of agents, frameworks and tasks."), async (session, answers, _) =>
    {
        ClusterView cluster = await session.Cluster();
        answers.Say(cluster, Sentence(cluster));
        if (cluster.Members.Count == 0 || answers.IsJson)
            return;
        answers.Text("");
        answers.Table(
            cluster.Members,
            ("MEMBER", static member => member.Address),
            ("STATUS", static member => member.IsReachable ? member.Status : $"{member.Status}, unreachable"),
            ("ROLES", static member => string.Join(',', member.Roles)),
            ("", member => string.Join(", ", Marks(member, cluster))));
    });

    private static Command Leave()
    {
        Argument<string> address = Address();
        return MastersFlags.Add(new Command("leave", "Have a member leave gracefully: its work is handed over, then its process exits.") { address }, async (session, answers, parsed) =>
        {
            string member = parsed.GetValue(address)!;
            answers.Say(await session.ChangeMember("leave", member), $"{member} is about to leave; 'asched cluster show' shows how far it is.");
        });
    }

    private static Command Down()
    {
        Argument<string> address = Address();
        var yes = new Option<bool>("--yes") { Description = "Confirm an action that cannot be undone." };
        return MastersFlags.Add(new Command("down", "Remove a dead member by force; if it is still alive, its process exits.") { address, yes }, async (session, answers, parsed) =>
        {
            string member = parsed.GetValue(address)!;
            if (!parsed.GetValue(yes))
                throw new AschedException(ExitCode.Usage, $"down: {member} is given up, and what it runs as a master starts elsewhere though it may still live; confirm with --yes");
            answers.Say(await session.ChangeMember("down", member), $"{member} is given up.");
        });
    }

    private static Argument<string> Address() => new("MEMBER") { Description = "Address of the member (HOST:PORT), as listed by 'asched cluster show'." };

    private static string Sentence(ClusterView cluster) =>
        $"""
        asked      {cluster.Node}{(cluster.IsMember ? "" : ", a client of the masters: it knows no members")}
        masters    {(cluster.Masters.Count > 0 ? string.Join(", ", cluster.Masters) : "none is up")}
        allocator  {(cluster.Summary is { } summary ? $"epoch {summary.Epoch}" : "does not answer")}
        """ + (cluster.Summary is { } some
            ? $"""

            agents     {some.RegisteredAgents} registered, {some.UnreachableAgents} unreachable
            frameworks {some.Frameworks}, {some.ActiveFrameworks} connected
            tasks      {some.Tasks}
            offers     {some.OpenOffers} open
            """
            : "");

    private static IEnumerable<string> Marks(MemberView member, ClusterView cluster)
    {
        if (member.IsOldestMaster)
            yield return "allocator";
        if (member.Address == cluster.Leader)
            yield return "leader";
    }
}
