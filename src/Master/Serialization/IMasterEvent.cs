namespace ActorScheduler.Master;

/// <summary>A fact in a journal or a snapshot. It has a line in <see cref="Serialization.MasterTable"/>; fields may be added at its end.</summary>
internal interface IMasterEvent;
