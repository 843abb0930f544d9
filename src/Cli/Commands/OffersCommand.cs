using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched offers [FRAMEWORK]</c>: what frameworks hold and have not answered.</summary>
internal static class OffersCommand
{
    internal static Command Create()
    {
        var framework = new Argument<string?>("FRAMEWORK") { Description = "Framework id, a unique prefix of it, or its name. Default: all frameworks.", Arity = ArgumentArity.ZeroOrOne };
        return MastersFlags.Add(new Command("offers", "List outstanding offers: those neither accepted nor declined nor rescinded.") { framework }, async (session, answers, parsed) =>
        {
            FrameworkId? of = parsed.GetValue(framework) is { } name ? (await TaskLookup.Framework(session, name)).Id : null;
            IReadOnlyList<Offer> offers = await TaskLookup.Offers(session, of);
            var ids = new ShortIds((await TaskLookup.Frameworks(session)).Select(static one => one.Id.Value));
            answers.Table(
                offers,
                ("OFFER", static offer => offer.Id.Value),
                ("FRAMEWORK", offer => ids.Of(offer.FrameworkId.Value)),
                ("ROLE", static offer => offer.Role),
                ("AGENT", static offer => offer.Agent.Id.Value),
                ("RESOURCES", static offer => $"{offer.Resources}"));
        });
    }
}
