namespace ActorScheduler.Master;

/// <summary>A fact in a journal or a snapshot. The type's name is its name there, for ever; fields may be added with defaults.</summary>
internal interface IMasterEvent;
