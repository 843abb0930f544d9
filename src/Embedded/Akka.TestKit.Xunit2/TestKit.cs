using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>Tests actors with xunit: one system a test, terminated when the test class is disposed of.</summary>
public class TestKit : TestKitBase, IDisposable
{
    /// <summary>Where the log of the system goes too, if it was given.</summary>
    protected readonly ITestOutputHelper? Output;

    private bool _isDisposed;

    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null) : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(string config, ITestOutputHelper? output = null) : base(Assertions, ConfigurationFactory.ParseString(config))
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    protected static XunitAssertions Assertions { get; } = new();

    /// <summary>Called when the test ends; terminates the system.</summary>
    protected virtual void AfterAll() => Shutdown();

    /// <summary>Sends the log of a system to the test's output.</summary>
    protected void InitializeLogger(ActorSystem system) => InitializeLogger(system, "");

    /// <param name="prefix">Put before each line, to tell systems apart.</param>
    protected void InitializeLogger(ActorSystem system, string prefix)
    {
        if (Output is null) return;
        var output = string.IsNullOrEmpty(prefix) ? Output : new PrefixedOutput(Output, prefix);
        var logger = ((ExtendedActorSystem)system).SystemActorOf(Props.Create(() => new TestOutputLogger(output)), $"log-test-{Guid.NewGuid():N}");
        logger.Tell(new InitializeLogger(system.EventStream), ActorRefs.NoSender);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_isDisposed || !disposing) return;
        _isDisposed = true;
        try
        {
            AfterAll();
        }
        finally
        {
            // The next test on this thread must not send in this one's name.
            SynchronizationContext.SetSynchronizationContext(null);
            Akka.Actor.Internal.InternalCurrentActorCellKeeper.Current = null;
        }
    }
}
