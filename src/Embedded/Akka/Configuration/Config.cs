using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// Configuration: a tree of values with a chain of fallbacks behind it. A key that this tree lacks is looked up in the
/// fallbacks, in order; objects of the same path merge, anything else hides what lies behind it.
/// </summary>
/// <remarks>
/// A getter walks the chain with one dictionary lookup a path segment and layer and allocates nothing. Instances are
/// immutable once built and can be shared between threads.
/// </remarks>
public partial class Config
{
    private static readonly HoconValue Nothing = new();

    /// <summary>A configuration without any key.</summary>
    public static readonly Config Empty = new(new HoconRoot(new HoconValue([new HoconObject()])));

    /// <inheritdoc cref="Config" />
    public Config()
    {
    }

    /// <summary>The configuration that <paramref name="root" /> is the tree of.</summary>
    public Config(HoconRoot root)
    {
        ArgumentNullException.ThrowIfNull(root.Value);
        Root = root.Value;
        Substitutions = root.Substitutions;
    }

    /// <summary><paramref name="source" /> with <paramref name="fallback" /> as its only fallback.</summary>
    public Config(Config source, Config? fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        Root = source.Root;
        Substitutions = source.Substitutions;
        Fallback = fallback!;
    }

    /// <summary>The next configuration to ask for what this one lacks, or null.</summary>
    public virtual Config Fallback { get; private set; } = null!;

    /// <summary>Whether neither this tree nor one of its fallbacks has a key.</summary>
    public virtual bool IsEmpty => (Root ?? Nothing).IsEmpty && (Fallback is null || Fallback.IsEmpty);

    /// <summary>The tree of this configuration alone, fallbacks not merged in.</summary>
    public HoconValue Root { get; private set; } = null!;

    /// <summary>The substitutions that the text of this configuration held; they are resolved.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; set; } = [];

    /// <summary>Reads HOCON, so that a string can stand wherever a configuration is asked for.</summary>
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary><paramref name="config" /> with the HOCON in <paramref name="fallback" /> behind it.</summary>
    public static Config operator +(Config config, string fallback) =>
        config.WithFallback(ConfigurationFactory.ParseString(fallback));

    /// <summary>The HOCON in <paramref name="configHocon" /> with <paramref name="fallbackConfig" /> behind it.</summary>
    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    /// <summary>
    /// This configuration with <paramref name="fallback" /> at the end of its chain. Neither of the two changes.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="fallback" /> is this configuration itself.</exception>
    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this))
        {
            throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        }

        if (fallback.IsNullOrEmpty())
        {
            return this;
        }

        return IsEmpty ? fallback! : Copy(fallback);
    }

    /// <summary>Whether <paramref name="path" /> has a value, here or in a fallback; null counts as one.</summary>
    public virtual bool HasPath(string path) => Find(path) is not null;

    /// <summary>
    /// The section at <paramref name="path" />, with the same section of each fallback behind it; null when there is none.
    /// </summary>
    public virtual Config GetConfig(string path)
    {
        List<HoconValue>? layers = null;
        for (var layer = this; layer is not null; layer = layer.Fallback)
        {
            var value = layer.Walk(path, out var hidden);
            if (value is not null)
            {
                (layers ??= []).Add(value);
                hidden = !value.IsObject();
            }

            if (hidden)
            {
                break;
            }
        }

        Config? section = null;
        for (var i = (layers?.Count ?? 0) - 1; i >= 0; i--)
        {
            section = new Config(new HoconRoot(layers![i])) { Fallback = section! };
        }

        return section!;
    }

    /// <summary>The value at <paramref name="path" />, objects merged with those of the fallbacks; null when there is none.</summary>
    public HoconValue GetValue(string path)
    {
        HoconValue? found = null;
        for (var layer = this; layer is not null; layer = layer.Fallback)
        {
            var value = layer.Walk(path, out var hidden);
            if (value is not null)
            {
                if (found is null)
                {
                    found = value;
                }
                else if (value.IsObject())
                {
                    found = new HoconValue([HoconMerge.Completed(found.GetObject(), value.GetObject())]);
                }

                hidden = !value.IsObject();
            }

            if (hidden)
            {
                break;
            }
        }

        return found!;
    }

    /// <summary>The keys directly below the root with their values, this tree first and then what only fallbacks have.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Merged().Items;

    /// <summary>The whole configuration, fallbacks merged in, as HOCON that can be read again.</summary>
    public override string ToString() => HoconWriter.Write(Fallback is null ? Root ?? Nothing : new HoconValue([Merged()]));

    /// <summary>A copy with <paramref name="fallback" /> at the end of the chain.</summary>
    protected Config Copy(Config? fallback = null) => new()
    {
        Root = Root,
        Substitutions = Substitutions,
        Fallback = Fallback is null ? fallback! : Fallback.Copy(fallback),
    };

    private HoconObject Merged()
    {
        HoconObject? merged = null;
        for (var layer = this; layer is not null; layer = layer.Fallback)
        {
            if (layer.Root?.GetObject() is { } tree)
            {
                merged = merged is null ? tree : HoconMerge.Completed(merged, tree);
            }
        }

        return merged ?? new HoconObject();
    }

    private HoconValue? Find(string path)
    {
        for (var layer = this; layer is not null; layer = layer.Fallback)
        {
            var value = layer.Walk(path, out var hidden);
            if (value is not null || hidden)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>
    /// Looks a path up in this layer alone. <paramref name="hidden" />: a scalar or a list stands where the path goes on,
    /// so what fallbacks have below it does not count.
    /// </summary>
    private HoconValue? Walk(string path, out bool hidden)
    {
        ArgumentNullException.ThrowIfNull(path);
        hidden = false;
        var node = Root;
        foreach (var segment in HoconPath.Segments(path))
        {
            if (node?.GetObject() is not { } parent)
            {
                hidden = node is { IsEmpty: false };
                return null;
            }

            if (!parent.Items.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out node))
            {
                return null;
            }
        }

        return node;
    }
}
