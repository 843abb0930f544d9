using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>What happens to a command for which the internal stash of a persistent actor has no room.</summary>
public interface IStashOverflowStrategy;

/// <summary>Makes the strategy that akka.persistence.internal-stash-overflow-strategy names.</summary>
public interface IStashOverflowStrategyConfigurator
{
    IStashOverflowStrategy Create(Config config);
}

/// <summary>The command goes to the dead letters.</summary>
public sealed class DiscardToDeadLetterStrategy : IStashOverflowStrategy
{
    private DiscardToDeadLetterStrategy()
    {
    }

    public static DiscardToDeadLetterStrategy Instance { get; } = new();
}

/// <summary>The actor fails with a StashOverflowException; its supervisor decides.</summary>
public sealed class ThrowOverflowExceptionStrategy : IStashOverflowStrategy
{
    private ThrowOverflowExceptionStrategy()
    {
    }

    public static ThrowOverflowExceptionStrategy Instance { get; } = new();
}

/// <summary>The command is dropped, and its sender gets a message instead.</summary>
public sealed class ReplyToStrategy(object response) : IStashOverflowStrategy
{
    public object Response { get; } = response;
}

/// <summary>Makes <see cref="ThrowOverflowExceptionStrategy"/>.</summary>
public sealed class ThrowExceptionConfigurator : IStashOverflowStrategyConfigurator
{
    public IStashOverflowStrategy Create(Config config) => ThrowOverflowExceptionStrategy.Instance;
}

/// <summary>Makes <see cref="DiscardToDeadLetterStrategy"/>.</summary>
public sealed class DiscardConfigurator : IStashOverflowStrategyConfigurator
{
    public IStashOverflowStrategy Create(Config config) => DiscardToDeadLetterStrategy.Instance;
}
