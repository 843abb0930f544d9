namespace Akka.Configuration.Hocon;

/// <summary>How a later value combines with an earlier one of the same key: objects merge, anything else replaces.</summary>
internal static class HoconMerge
{
    /// <summary>A new object with the keys of both; where both have a key, <paramref name="later" /> has its way. Neither changes.</summary>
    public static HoconObject Merged(HoconObject earlier, HoconObject later)
    {
        var merged = new HoconObject();
        merged.Items.EnsureCapacity(earlier.Items.Count + later.Items.Count);
        foreach (var (key, value) in earlier.Items)
        {
            merged.Items.Add(key, value);
        }

        foreach (var (key, value) in later.Items)
        {
            merged.Items[key] = merged.Items.TryGetValue(key, out var existing) ? Over(existing, value) : value;
        }

        return merged;
    }

    /// <summary><see cref="Merged" /> of settled trees that lists the keys of <paramref name="own" /> first, then what only the fallback has.</summary>
    public static HoconObject Completed(HoconObject own, HoconObject fallback)
    {
        var completed = new HoconObject();
        foreach (var (key, value) in own.Items)
        {
            var both = fallback.Items.TryGetValue(key, out var theirs) && theirs.IsObject() && value.IsObject();
            completed.Items.Add(key, both ? new HoconValue([Completed(value.GetObject(), theirs!.GetObject())]) : value);
        }

        foreach (var (key, value) in fallback.Items)
        {
            completed.Items.TryAdd(key, value);
        }

        return completed;
    }

    /// <summary>
    /// What <paramref name="later" /> over <paramref name="earlier" /> gives, without changing either. As long as one of
    /// them has a substitution in it, whether they are objects is not known: the result then keeps both.
    /// </summary>
    private static HoconValue Over(HoconValue earlier, HoconValue later)
    {
        var laterIsObject = later.State == SettlementState.Settled && later.IsObject();
        if (later.State == SettlementState.Settled && !laterIsObject)
        {
            return later;
        }

        if (laterIsObject && earlier.State == SettlementState.Settled)
        {
            return earlier.IsObject() ? new HoconValue([Merged(earlier.GetObject(), later.GetObject())]) : later;
        }

        return new HoconValue([.. later.Values])
        {
            State = SettlementState.Pending,
            Earlier = later.Earlier is null ? earlier : Over(earlier, later.Earlier),
        };
    }

    /// <summary>Assigns while a text is being read: changes <paramref name="target" /> in place.</summary>
    public static void Assign(HoconObject target, string key, HoconValue value)
    {
        if (!target.Items.TryGetValue(key, out var existing))
        {
            target.Items[key] = value;
        }
        else if (value.State == SettlementState.Settled && existing.State == SettlementState.Settled
            && existing.GetObject() is { } mine && value.GetObject() is { } theirs)
        {
            foreach (var (childKey, child) in theirs.Items)
            {
                Assign(mine, childKey, child);
            }
        }
        else
        {
            target.Items[key] = Over(existing, value);
        }
    }

    /// <summary>The object under a key to assign further keys in; what is there and is no object is replaced.</summary>
    public static HoconObject Descend(HoconObject target, string key)
    {
        target.Items.TryGetValue(key, out var existing);
        if (existing is { State: SettlementState.Settled } && existing.GetObject() is { } found)
        {
            return found;
        }

        var made = new HoconObject();
        target.Items[key] = existing is { State: SettlementState.Pending }
            ? new HoconValue([made]) { State = SettlementState.Pending, Earlier = existing }
            : new HoconValue([made]);
        return made;
    }
}
