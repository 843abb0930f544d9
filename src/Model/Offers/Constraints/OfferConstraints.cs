namespace ActorScheduler.Model;

/// <summary>Which agents a framework wants to see in one role: any of several groups, each of tests that must all pass.</summary>
public sealed class OfferConstraints
{
    /// <summary>Most groups.</summary>
    public const int MaxGroups = 100;

    /// <summary>Most tests in one group.</summary>
    public const int MaxTestsPerGroup = 100;

    private OfferConstraints(IReadOnlyList<IReadOnlyList<AttributeConstraint>> groups)
    {
        Groups = groups;
    }

    /// <summary>Groups of tests.</summary>
    public IReadOnlyList<IReadOnlyList<AttributeConstraint>> Groups { get; }

    /// <summary>Makes constraints. No groups at all would mean no agent ever, an empty group every agent: both are refused as mistakes.</summary>
    public static Result<OfferConstraints> Create(IReadOnlyList<IReadOnlyList<AttributeConstraint>> groups)
    {
        if (groups.Count is 0 or > MaxGroups)
            return new Problem("groups", $"must have 1 to {MaxGroups} groups, has {groups.Count}");
        for (int i = 0; i < groups.Count; i++)
        {
            if (groups[i].Count is 0 or > MaxTestsPerGroup)
                return new Problem($"groups[{i}].attribute_constraints", $"must have 1 to {MaxTestsPerGroup} constraints, has {groups[i].Count}");
        }
        return new OfferConstraints(groups);
    }

    /// <summary>Whether the agent passes all tests of some group.</summary>
    public bool AreSatisfiedBy(AgentInfo agent) => FirstFailing(agent) is null;

    /// <summary>The first test that fails in the group that came furthest, or null when the agent passes.</summary>
    public AttributeConstraint? FirstFailing(AgentInfo agent)
    {
        AttributeConstraint? furthest = null;
        int passed = -1;
        foreach (IReadOnlyList<AttributeConstraint> group in Groups)
        {
            int index = 0;
            while (index < group.Count && group[index].IsSatisfiedBy(agent))
                index++;
            if (index == group.Count)
                return null;
            if (index > passed)
                (furthest, passed) = (group[index], index);
        }
        return furthest;
    }
}
