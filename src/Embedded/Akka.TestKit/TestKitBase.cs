using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Configs;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// Tests actors from outside: a system, a test actor that keeps what it receives, and ways to wait for messages, events
/// and conditions. A test framework's kit derives from this.
/// </summary>
/// <remarks>
/// The test actor is the implicit sender of what the test sends, unless the class is marked by
/// <see cref="INoImplicitSender"/>. Times that a test gives are multiplied by akka.test.timefactor.
/// </remarks>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int _testActorNumber;

    private readonly ITestKitAssertions _assertions;
    private readonly MessageQueue _queue = new();
    private MessageEnvelope _lastMessage = NullMessageEnvelope.Instance;
    private ActorSystem _system = null!;
    private TestKitSettings _settings = null!;
    private IActorRef _testActor = null!;
    private EventFilterFactory _eventFilter = null!;
    private ILoggingAdapter? _log;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        InitializeTest(null, config, actorSystemName, testActorName);
    }

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    public static Config DefaultConfig => TestConfigs.DefaultConfig;

    /// <summary>Logs all that the engine can say about messages and lifecycles.</summary>
    public static Config FullDebugConfig => ConfigurationFactory.ParseString(
        """
        akka.loglevel = DEBUG
        akka.actor.debug { receive = on, autoreceive = on, lifecycle = on, event-stream = on, unhandled = on }
        """);

    public static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    public ActorSystem Sys => _system;

    internal ITestKitAssertions TestAssertions => _assertions;

    public TestKitSettings TestKitSettings => _settings;

    public ILoggingAdapter Log => _log ??= Logging.GetLogger(_system, GetType());

    public IActorRef TestActor => _testActor;

    /// <summary>Waits for log events, or mutes them.</summary>
    public EventFilterFactory EventFilter => _eventFilter;

    /// <summary>Whether messages wait that the test has not looked at.</summary>
    public bool HasMessages => _queue.HasMessages;

    public object LastMessage => _lastMessage.Message;

    public IActorRef LastSender => _lastMessage.Sender;

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>A duration multiplied by akka.test.timefactor.</summary>
    public TimeSpan Dilated(TimeSpan duration) =>
        duration == Timeout.InfiniteTimeSpan ? duration : duration * _settings.TestTimeFactor;

    /// <summary>Drops messages for which the function is true, before the test sees them.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        _testActor.Tell(new TestActor.SetIgnore(message => shouldIgnoreMessage(message)), ActorRefs.NoSender);

    public void IgnoreMessages<T>(Func<T, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is T typed && shouldIgnoreMessage(typed));

    public void IgnoreMessages<T>() => IgnoreMessages(static message => message is T);

    public void IgnoreNoMessages() => _testActor.Tell(new TestActor.SetIgnore(null), ActorRefs.NoSender);

    public IActorRef Watch(IActorRef actorToWatch)
    {
        _testActor.Tell(new TestActor.Watch(actorToWatch), ActorRefs.NoSender);
        return actorToWatch;
    }

    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) => Task.FromResult(Watch(actorToWatch));

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        _testActor.Tell(new TestActor.Unwatch(actorToUnwatch), ActorRefs.NoSender);
        return actorToUnwatch;
    }

    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) => Task.FromResult(Unwatch(actorToUnwatch));

    public void SetAutoPilot(AutoPilot pilot) => _testActor.Tell(new TestActor.SetAutoPilot(pilot), ActorRefs.NoSender);

    /// <summary>Another test actor on the same system, with messages of its own.</summary>
    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(_system, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    public virtual TestLatch CreateTestLatch(int count = 1) => new(Dilated, _settings.DefaultTimeout, count);

    public virtual TestBarrier CreateTestBarrier(int count) => new(this, count);

    /// <summary>A test actor whose messages come to this kit too.</summary>
    public IActorRef CreateTestActor(string name) => CreateTestActor(_system, name);

    protected void InitializeTest(ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        if (system is null)
        {
            var bootstrap = config.Get<BootstrapSetup>();
            var withDefaults = bootstrap is { HasValue: true, Value.Config: { HasValue: true } given }
                ? bootstrap.Value.WithConfig(given.Value.WithFallback(DefaultConfig))
                : (bootstrap.HasValue ? bootstrap.Value : BootstrapSetup.Create()).WithConfig(DefaultConfig);
            system = ActorSystem.Create(actorSystemName ?? "test", config.WithSetup(withDefaults));
        }

        Initialize(system, testActorName);
    }

    protected void InitializeTest(ActorSystem? system, Config config, string? actorSystemName, string? testActorName) => InitializeTest(
        system, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config ?? Config.Empty)), actorSystemName, testActorName);

    /// <summary>Ends a system, this kit's or another; says so when it does not end in time.</summary>
    /// <param name="verifySystemShutdown">Whether that is a failure of the test.</param>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(_system, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var limit = Dilated(duration ?? TimeSpan.FromSeconds(5));
        limit = limit < TimeSpan.FromSeconds(10) ? limit : TimeSpan.FromSeconds(10);
        bool ended;
        try
        {
            ended = system.Terminate().Wait(limit);
        }
        catch (AggregateException)
        {
            ended = true;
        }

        if (ended) return;
        var message = $"Failed to stop [{system.Name}] within [{limit}]{Environment.NewLine}{((ExtendedActorSystem)system).PrintTree()}";
        if (verifySystemShutdown) throw new TimeoutException(message);
        system.Log.Warning(message);
    }

    private IActorRef CreateTestActor(ActorSystem system, string name)
    {
        var props = Props.Create(() => new InternalTestActor(_queue)).WithDispatcher("akka.test.test-actor.dispatcher");
        return ((ActorSystemImpl)system).SystemActorOf(props, name);
    }

    private void Initialize(ActorSystem system, string? testActorName)
    {
        _system = system;
        system.RegisterExtension(new TestKitExtension());
        system.RegisterExtension(new TestKitAssertionsExtension(_assertions));
        _settings = TestKitExtension.For(system);
        _eventFilter = new EventFilterFactory(this);
        _testActor = CreateTestActor(system, testActorName ?? $"testActor{Interlocked.Increment(ref _testActorNumber)}");
        if (this is TestProbe) return;
        var cell = this is INoImplicitSender ? null : ((LocalActorRef)_testActor).Cell;
        InternalCurrentActorCellKeeper.Current = cell;
        SynchronizationContext.SetSynchronizationContext(new ActorCellKeepingSynchronizationContext(cell));
    }
}
