namespace Akka.Configuration.Hocon;

/// <summary>
/// The value of a key: the parts that were written next to each other, which together are text, a list or an object.
/// </summary>
public partial class HoconValue : IMightBeAHoconObject
{
    /// <inheritdoc cref="HoconValue" />
    public HoconValue()
        : this([])
    {
    }

    /// <summary>A value of these parts.</summary>
    public HoconValue(List<IHoconElement> values, bool adoptedFromFallback = true)
    {
        Values = values;
        _ = adoptedFromFallback;
    }

    /// <summary>The parts.</summary>
    public List<IHoconElement> Values { get; }

    /// <summary>Whether there is nothing here: no part, or an object without keys.</summary>
    public bool IsEmpty => Values.Count == 0 || (Values[0] is HoconObject first && first.Items.Count == 0 && Values.Count == 1);

    /// <summary>Whether this is HOCON's null.</summary>
    internal bool IsNull => Values is [HoconLiteral { Value: null }] || Values.Count == 0;

    /// <summary>How far the substitutions in this value are worked out.</summary>
    internal SettlementState State { get; set; }

    /// <summary>What the key held before this value was assigned; kept only as long as a substitution may refer to it.</summary>
    internal HoconValue? Earlier { get; set; }

    /// <summary>A configuration that has this value under <paramref name="key" /> and nothing else.</summary>
    public Config AtKey(string key)
    {
        var holder = new HoconObject();
        holder.Items[key] = this;
        return new Config(new HoconRoot(new HoconValue([holder])));
    }

    /// <summary>This value as the root of a configuration.</summary>
    public Config ToConfig() => new(new HoconRoot(this));

    /// <inheritdoc />
    public bool IsObject() => GetObject() is not null;

    /// <inheritdoc />
    public HoconObject GetObject()
    {
        if (Values.Count == 1)
        {
            return ObjectOf(Values[0])!;
        }

        HoconObject? merged = null;
        foreach (var part in Values)
        {
            if (ObjectOf(part) is { } next)
            {
                merged = merged is null ? next : HoconMerge.Merged(merged, next);
            }
            else if (part is not HoconLiteral { IsBlank: true })
            {
                return null!;
            }
        }

        return merged!;
    }

    /// <summary>Whether this is text.</summary>
    public bool IsString() => Values.Count > 0 && Values.TrueForAll(part => part.IsString());

    /// <summary>Whether this is a list.</summary>
    public bool IsArray() => GetList() is not null;

    /// <summary>Adds a part.</summary>
    public void AppendValue(IHoconElement value)
    {
        // A string that stands alone so far is overridden by an object, as a later assignment would do it.
        if (value is HoconObject && IsString())
        {
            Values.Clear();
        }

        Values.Add(value);
    }

    /// <summary>Removes all parts.</summary>
    public void Clear() => Values.Clear();

    /// <summary>Replaces all parts by one.</summary>
    public void NewValue(IHoconElement value)
    {
        Values.Clear();
        Values.Add(value);
    }

    /// <summary>The value of one key of this object (a name, not a path); null when there is none.</summary>
    public HoconValue GetChildObject(string key) => GetObject()?.GetKey(key)!;

    /// <inheritdoc />
    public override string ToString() => HoconWriter.Write(this);

    private static HoconObject? ObjectOf(IHoconElement part) => part switch
    {
        HoconObject plain => plain,
        IMightBeAHoconObject other => other.GetObject(),
        _ => null,
    };

    private IList<HoconValue>? GetList()
    {
        if (Values is [var single] && single.IsArray())
        {
            return single.GetArray();
        }

        List<HoconValue>? joined = null;
        foreach (var part in Values)
        {
            if (part.IsArray())
            {
                (joined ??= []).AddRange(part.GetArray());
            }
            else if (part is not HoconLiteral { IsBlank: true })
            {
                return null;
            }
        }

        return joined;
    }
}
