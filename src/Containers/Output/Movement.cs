namespace ActorScheduler.Containers.Output;

/// <summary>What came of moving a stream's bytes to its file.</summary>
internal enum Movement
{
    /// <summary>Some were moved, and there may be more.</summary>
    Moved,

    /// <summary>None wait now.</summary>
    Nothing,

    /// <summary>None will come any more: nobody is left who could write.</summary>
    Ended,

    /// <summary>They wait in the pipe: the disk does not take them now.</summary>
    NoRoom,
}
