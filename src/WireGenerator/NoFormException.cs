namespace ActorScheduler.WireGenerator;

/// <summary>A type that stands in a message and that there is no form for.</summary>
internal sealed class NoFormException(string message) : Exception(message);
