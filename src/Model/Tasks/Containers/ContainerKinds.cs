namespace ActorScheduler.Model;

/// <summary>Kinds of containers: what a task needs one of, and what an agent runs some of.</summary>
[Flags]
public enum ContainerKinds
{
    /// <summary>Nothing is said: an agent or a task of a version that does not tell.</summary>
    None = 0,

    /// <summary>A plain process, of a task without an image.</summary>
    Process = 1,

    /// <summary>A container made from an image.</summary>
    Image = 2,
}
