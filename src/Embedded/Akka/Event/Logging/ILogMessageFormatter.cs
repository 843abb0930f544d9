namespace Akka.Event;

/// <summary>Puts values into the templates of log messages.</summary>
public interface ILogMessageFormatter
{
    string Format(string format, params object[] args);

    string Format(string format, IEnumerable<object> args);
}
