namespace ActorScheduler.Model;

/// <summary>How a container sees a volume; the numbers are Mesos's.</summary>
public enum VolumeMode
{
    /// <summary>Read and write.</summary>
    ReadWrite = 1,

    /// <summary>Read only.</summary>
    ReadOnly = 2,
}
