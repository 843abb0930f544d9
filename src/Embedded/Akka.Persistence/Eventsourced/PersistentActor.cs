namespace Akka.Persistence;

/// <summary>A persistent actor that says by its results whether it handled a message.</summary>
public abstract class PersistentActor : Eventsourced;
