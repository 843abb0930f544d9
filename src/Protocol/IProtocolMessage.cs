using ActorScheduler.Model;

namespace ActorScheduler.Protocol;

/// <summary>What actors of different processes say to each other. Each has a line in <see cref="Serialization.ProtocolTable"/>.</summary>
public interface IProtocolMessage;

/// <summary>Goes to the allocator, wherever it is.</summary>
public interface IAllocatorMessage : IProtocolMessage;

/// <summary>Goes to the actor of one framework, or from it to its scheduler.</summary>
public interface IFrameworkMessage : IProtocolMessage
{
    /// <summary>Which framework.</summary>
    FrameworkId FrameworkId { get; }
}

/// <summary>Asks for something to be done and is answered with <see cref="CommandDone"/> or <see cref="CommandRefused"/>.</summary>
public interface ICommand : IProtocolMessage
{
    /// <summary>Names the request: sent again it is done once and answered alike.</summary>
    Guid RequestId { get; }
}
