using System.Linq.Expressions;
using Akka.Util;
using Akka.Util.Reflection;

namespace Akka.Actor;

/// <summary>How to make an actor: class, constructor arguments and deployment. Immutable; may be used for any number of actors.</summary>
public class Props : IEquatable<Props>, ISurrogated
{
    /// <summary>An actor that handles nothing.</summary>
    public static readonly Props None = new(typeof(EmptyActor));

    private static readonly object[] NoArguments = [];
    private static readonly Deploy DefaultDeploy = new();

    private readonly IIndirectActorProducer? _producer;
    private readonly Type _inputType;
    private ActorConstructor? _constructor;

    protected Props() : this(DefaultDeploy, typeof(EmptyActor), null, NoArguments, null)
    {
    }

    protected Props(Props copy) : this(copy.Deploy, copy._inputType, copy._producer, copy.Arguments, copy.SupervisorStrategy)
    {
    }

    public Props(Type type) : this(DefaultDeploy, type, null, NoArguments, null)
    {
    }

    public Props(Type type, object[] args) : this(DefaultDeploy, type, null, args, null)
    {
    }

    public Props(Type type, SupervisorStrategy? supervisorStrategy, params object[] args) : this(DefaultDeploy, type, null, args, supervisorStrategy)
    {
    }

    public Props(Type type, SupervisorStrategy? supervisorStrategy, IEnumerable<object> args)
        : this(DefaultDeploy, type, null, args.ToArray(), supervisorStrategy)
    {
    }

    public Props(Deploy deploy, Type type, IEnumerable<object> args) : this(deploy, type, null, args.ToArray(), null)
    {
    }

    public Props(Deploy deploy, Type type, params object[] args) : this(deploy, type, null, args, null)
    {
    }

    private Props(Deploy deploy, Type type, IIndirectActorProducer? producer, object[]? args, SupervisorStrategy? strategy)
    {
        ArgumentNullException.ThrowIfNull(type);
        _inputType = type;
        _producer = producer;
        Deploy = deploy;
        Arguments = args ?? NoArguments;
        SupervisorStrategy = strategy;
    }

    /// <summary>Props of an actor that does nothing.</summary>
    public static Props Empty => Create<EmptyActor>();

    public Type Type => _producer?.ActorType ?? _inputType;

    public string TypeName => Type.AssemblyQualifiedName!;

    public object[] Arguments { get; }

    public Deploy Deploy { get; protected set; }

    /// <summary>Replaces the strategy that the actor itself gives; null leaves it.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; protected set; }

    public string? Dispatcher => Deploy.Dispatcher == Deploy.NoDispatcherGiven ? null : Deploy.Dispatcher;

    public string? Mailbox => Deploy.Mailbox == Deploy.NoMailboxGiven ? null : Deploy.Mailbox;

    /// <summary>Takes class and arguments from <c>() =&gt; new Actor(a, b)</c>; the arguments are evaluated once, here.</summary>
    /// <exception cref="ArgumentException">The expression is no constructor call.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is UnaryExpression) return new DynamicProps<TActor>(factory.Compile(), supervisorStrategy);
        if (factory.Body is not NewExpression creation)
            throw new ArgumentException("The create function must be a 'new T (args)' expression", nameof(factory));
        return new Props(DefaultDeploy, typeof(TActor), null, creation.GetArguments(), supervisorStrategy);
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(DefaultDeploy, typeof(TActor), null, args, null);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(DefaultDeploy, typeof(TActor), null, NoArguments, supervisorStrategy);

    /// <exception cref="ArgumentNullException">There is no type.</exception>
    public static Props Create(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type, "Props must be instantiated with an actor type.");
        return new Props(DefaultDeploy, type, null, args, null);
    }

    public static Props CreateBy<TProducer>(params object[] args)
        where TProducer : class, IIndirectActorProducer =>
        CreateBy((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args)!);

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) =>
        new(DefaultDeploy, producer.GetType(), producer, args, null);

    public Props WithDeploy(Deploy deploy) => Copy(props => props.Deploy = deploy.WithFallback(props.Deploy));

    public Props WithDispatcher(string dispatcher) => Copy(props => props.Deploy = props.Deploy.WithDispatcher(dispatcher));

    public Props WithMailbox(string mailbox) => Copy(props => props.Deploy = props.Deploy.WithMailbox(mailbox));

    public Props WithStashCapacity(int stashCapacity) => Copy(props => props.Deploy = props.Deploy.WithStashCapacity(stashCapacity));

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => Copy(props => props.SupervisorStrategy = supervisorStrategy);

    /// <summary>A new instance. Only works while a cell is making its actor.</summary>
    public virtual ActorBase NewActor() =>
        _producer is not null ? _producer.Produce() : (_constructor ??= ActorConstructor.For(_inputType, Arguments)).Construct(Arguments);

    internal virtual void Release(ActorBase actor) => _producer?.Release(actor);

    protected virtual Props Copy() => new(this);

    private Props Copy(Action<Props> change)
    {
        var copy = Copy();
        change(copy);
        return copy;
    }

    public bool Equals(Props? other) =>
        other is not null && _inputType == other._inputType && Deploy.Equals(other.Deploy) && Arguments.SequenceEqual(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(_inputType, Deploy, Arguments.Length);

    public override string ToString() => $"Props({Type.FullName}{string.Concat(Arguments.Select(a => $", {a}"))})";

    public ISurrogate ToSurrogate(ActorSystem system) => new PropsSurrogate { Type = _inputType, Arguments = Arguments, Deploy = Deploy };

    /// <summary>The form in which Props travel inside a serialized message.</summary>
    public class PropsSurrogate : ISurrogate
    {
        public Type Type { get; set; } = null!;

        public Deploy Deploy { get; set; } = null!;

        public object[] Arguments { get; set; } = [];

        public ISurrogated FromSurrogate(ActorSystem system) => new Props(Deploy, Type, Arguments);
    }

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }

    /// <summary>Props whose factory is a function rather than a constructor call.</summary>
    private sealed class DynamicProps<TActor>(Func<TActor> factory, SupervisorStrategy? strategy) : Props(typeof(TActor), strategy)
        where TActor : ActorBase
    {
        private readonly Func<TActor> _factory = factory;

        public override ActorBase NewActor() => _factory();

        protected override Props Copy() => new DynamicProps<TActor>(_factory, SupervisorStrategy) { Deploy = Deploy };
    }
}
