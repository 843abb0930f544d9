namespace ActorScheduler.Model;

/// <summary>The kinds of value that resources and attributes have; the numbers are Mesos's.</summary>
public enum ValueKind
{
    /// <summary>An amount with three decimals.</summary>
    Scalar = 0,

    /// <summary>Whole numbers in runs.</summary>
    Ranges = 1,

    /// <summary>Words.</summary>
    Set = 2,

    /// <summary>One text; attributes only.</summary>
    Text = 3,
}
