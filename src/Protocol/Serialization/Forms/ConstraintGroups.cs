using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization.Forms;

/// <summary>The fields of offer constraints.</summary>
internal sealed record ConstraintGroups(IReadOnlyList<ConstraintGroup> Groups);

/// <summary>Tests that must all pass.</summary>
internal sealed record ConstraintGroup(IReadOnlyList<ConstraintTest> Tests);

/// <summary>The fields of a test.</summary>
internal sealed record ConstraintTest(string Name, AttributePredicate Predicate, string Text, bool IsPseudo);
