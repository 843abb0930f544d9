namespace Akka.Configuration.Hocon;

/// <summary>What reading a text gives: its tree of values and the substitutions that were in it.</summary>
public class HoconRoot
{
    /// <inheritdoc cref="HoconRoot" />
    public HoconRoot(HoconValue value, IEnumerable<HoconSubstitution> substitutions)
    {
        Value = value;
        Substitutions = substitutions;
    }

    /// <inheritdoc cref="HoconRoot" />
    public HoconRoot(HoconValue value)
        : this(value, [])
    {
    }

    /// <inheritdoc cref="HoconRoot" />
    protected HoconRoot()
        : this(new HoconValue())
    {
    }

    /// <summary>The tree.</summary>
    public HoconValue Value { get; }

    /// <summary>The substitutions, resolved.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; }
}
