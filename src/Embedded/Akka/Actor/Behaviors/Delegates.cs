namespace Akka.Actor;

/// <summary>A behaviour: handles a message and says whether it did.</summary>
public delegate bool Receive(object message);

/// <summary>A behaviour that handles every message in some way.</summary>
public delegate void UntypedReceive(object message);
