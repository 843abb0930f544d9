using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched offers [FRAMEWORK]</c>: what frameworks hold and have not answered.</summary>
internal static class OffersCommand
{
    internal static Command Create()
    {
        var framework = new Argument<string?>("FRAMEWORK") { Description = "Id of a framework, the beginning of it, or its name. Default: all.", Arity = ArgumentArity.ZeroOrOne };
        return MastersFlags.Add(new Command("offers", "List offers that are neither answered nor withdrawn.") { framework }, async (session, answers, parsed) =>
        {
            FrameworkId? of = parsed.GetValue(framework) is { } name ? (await TaskLookup.Framework(session, name)).Id : null;
            answers.Table(
                await TaskLookup.Offers(session, of),
                ("OFFER", static offer => offer.Id.Value),
                ("FRAMEWORK", static offer => offer.FrameworkId.Value),
                ("ROLE", static offer => offer.Role),
                ("AGENT", static offer => offer.Agent.Id.Value),
                ("RESOURCES", static offer => $"{offer.Resources}"));
        });
    }
}
