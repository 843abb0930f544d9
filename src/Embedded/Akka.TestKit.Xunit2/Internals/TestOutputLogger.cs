using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>The logger that writes to a test's output.</summary>
public class TestOutputLogger : ReceiveActor
{
    public TestOutputLogger(ITestOutputHelper output)
    {
        Receive<InitializeLogger>(initialize =>
        {
            foreach (var level in Enum.GetValues<LogLevel>()) initialize.LoggingBus.Subscribe(Self, level.ClassFor());
            Sender.Tell(new LoggerInitialized());
        });
        Receive<LogEvent>(logEvent => Write(output, logEvent));
    }

    private static void Write(ITestOutputHelper output, LogEvent logEvent)
    {
        try
        {
            output.WriteLine(logEvent.ToString());
        }
        catch (InvalidOperationException)
        {
            // The test has ended; its output takes nothing any more.
        }
    }
}
