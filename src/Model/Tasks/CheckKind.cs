namespace ActorScheduler.Model;

/// <summary>What a check tries; the numbers are Mesos's.</summary>
public enum CheckKind
{
    /// <summary>Not known to this version.</summary>
    Unknown = 0,

    /// <summary>A command.</summary>
    Command = 1,

    /// <summary>A GET.</summary>
    Http = 2,

    /// <summary>A connection.</summary>
    Tcp = 3,
}
