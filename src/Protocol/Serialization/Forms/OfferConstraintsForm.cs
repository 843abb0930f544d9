using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization.Forms;

/// <summary>Offer constraints: groups of tests. They are made anew when they are read, with all checks.</summary>
internal static class OfferConstraintsForm
{
    public static void Write(WireWriter writer, OfferConstraints value) => ConstraintGroupsForm.Write(
        writer,
        new ConstraintGroups([.. value.Groups.Select(static group => new ConstraintGroup(
            [.. group.Select(static test => new ConstraintTest(test.Name, test.Predicate, test.Text, test.IsPseudo))]))]));

    public static OfferConstraints Read(ref WireReader reader) => Must(OfferConstraints.Create(
        [.. ConstraintGroupsForm.Read(ref reader).Groups.Select(static group => (IReadOnlyList<AttributeConstraint>)[.. group.Tests.Select(Make)])]));

    private static AttributeConstraint Make(ConstraintTest test) => Must(AttributeConstraint.Create(test.Name, test.Predicate, test.Text, test.IsPseudo));

    private static T Must<T>(Result<T> result) =>
        result.TryGet(out T? value, out Problem? problem) ? value : throw new WireException($"constraint: {problem}");
}
