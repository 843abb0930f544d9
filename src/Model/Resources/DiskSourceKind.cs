namespace ActorScheduler.Model;

/// <summary>What a disk resource is made of; the numbers are Mesos's.</summary>
public enum DiskSourceKind
{
    /// <summary>Not known to this version.</summary>
    Unknown = 0,

    /// <summary>A directory, to be shared out in parts.</summary>
    Path = 1,

    /// <summary>A mounted file system, given to one owner as a whole.</summary>
    Mount = 2,

    /// <summary>A raw block device, given as a whole.</summary>
    Block = 3,

    /// <summary>Storage that a provider has not formed into a volume yet; divisible only while it has no id.</summary>
    Raw = 4,
}
