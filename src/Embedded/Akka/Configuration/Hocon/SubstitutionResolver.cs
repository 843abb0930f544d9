namespace Akka.Configuration.Hocon;

/// <summary>
/// Replaces the substitutions of a tree by what they stand for: the path looked up from where the text was included, then
/// from the root, then an environment variable. A value that refers to itself sees what its key held before.
/// </summary>
internal sealed class SubstitutionResolver
{
    // A chain of substitutions longer than this is taken for a circle that grows at each turn.
    private const int MaximumDepth = 2000;

    private readonly HoconValue _root;
    private readonly HashSet<HoconObject> _open = [];
    private int _depth;

    private SubstitutionResolver(HoconValue root)
    {
        _root = root;
    }

    /// <exception cref="FormatException">A substitution has no value, or refers to itself in a circle.</exception>
    public static void Resolve(HoconValue root)
    {
        var resolver = new SubstitutionResolver(root);
        resolver.ResolveTree(root);
    }

    /// <summary>Works out the value and all below it; what is left undefined by optional substitutions is dropped.</summary>
    private void ResolveTree(HoconValue value)
    {
        Settle(value, null);
        if (value.Values is [HoconArray array])
        {
            array.ForEach(ResolveTree);
            array.RemoveAll(element => element.Values.Count == 0);
        }
        else if (value.Values is [HoconObject members])
        {
            if (!_open.Add(members))
            {
                throw new FormatException("A substitution refers to an object that it is itself a part of.");
            }

            foreach (var (key, member) in members.Items.ToList())
            {
                ResolveTree(member);
                if (member.Values.Count == 0)
                {
                    members.Items.Remove(key);
                }
            }

            _open.Remove(members);
        }
    }

    /// <summary>Works out the substitutions directly in a value, and what it is on top of; not those of its children.</summary>
    private void Settle(HoconValue value, HoconSubstitution? asker)
    {
        if (value.State == SettlementState.Settled)
        {
            return;
        }

        if (value.State == SettlementState.Settling || ++_depth > MaximumDepth)
        {
            throw new FormatException($"The substitution {asker} at {asker?.Place} refers to itself in a circle.");
        }

        value.State = SettlementState.Settling;
        var place = string.Empty;
        var parts = new List<IHoconElement>();
        foreach (var part in value.Values)
        {
            if (part is HoconSubstitution substitution)
            {
                place = substitution.Place;
                parts.AddRange(Substitute(value, substitution));
            }
            else
            {
                parts.Add(part);
            }
        }

        parts = HoconConcatenation.Join(parts, () => place);
        if (value.Earlier is { } earlier)
        {
            Settle(earlier, asker);
            if (parts.Count == 0)
            {
                parts = [.. earlier.Values];
            }
            else if (parts is [HoconObject own] && earlier.GetObject() is { } before)
            {
                parts = [HoconMerge.Merged(before, own)];
            }
        }

        value.Values.Clear();
        value.Values.AddRange(parts);
        value.Earlier = null;
        value.State = SettlementState.Settled;
        _depth--;
    }

    private List<IHoconElement> Substitute(HoconValue value, HoconSubstitution substitution)
    {
        HoconValue? found;
        if (substitution.IsEarlierValue)
        {
            found = value.Earlier;
            if (found is not null)
            {
                Settle(found, substitution);
            }
        }
        else
        {
            var path = HoconPath.Split(substitution.Path);
            found = substitution.IncludedAt.Count > 0 ? Find([.. substitution.IncludedAt, .. path], substitution) : null;
            found ??= Find(path, substitution) ?? FromEnvironment(substitution);
        }

        if (found is null && !substitution.IsOptional)
        {
            throw new FormatException(
                $"Unresolved substitution: {substitution} at {substitution.Place}. Neither the configuration nor the environment has it.");
        }

        substitution.ResolvedValue = found!;
        return found?.Values ?? [];
    }

    private HoconValue? Find(IEnumerable<string> path, HoconSubstitution asker)
    {
        HoconValue? node = _root;
        foreach (var key in path)
        {
            node = Settled(node, asker)?.GetObject()?.GetKey(key);
            if (node is null)
            {
                return null;
            }
        }

        node = Settled(node, asker);
        return node is null || node.Values.Count == 0 ? null : node;
    }

    /// <summary>The value settled; what it was before, when it is being settled just now.</summary>
    private HoconValue? Settled(HoconValue? value, HoconSubstitution asker)
    {
        while (value is { State: SettlementState.Settling })
        {
            value = value.Earlier;
        }

        if (value is not null)
        {
            Settle(value, asker);
        }

        return value;
    }

    private static HoconValue? FromEnvironment(HoconSubstitution substitution)
    {
        var variable = Environment.GetEnvironmentVariable(substitution.Path.Trim('"'));
        return variable is null ? null : new HoconValue([new HoconLiteral { Value = variable }]);
    }
}
