namespace Akka.Event;

/// <summary>A log message that is formatted only when somebody writes it.</summary>
public abstract class LogMessage(ILogMessageFormatter formatter, string format)
{
    protected readonly ILogMessageFormatter Formatter = formatter;

    /// <summary>The template, with {0} or {Name} where values go.</summary>
    public string Format { get; } = format;

    public abstract string Unformatted();

    public abstract IEnumerable<object> Parameters();
}

/// <summary>A template and its values.</summary>
internal sealed class LogValues(ILogMessageFormatter formatter, string format, object?[] values) : LogMessage(formatter, format)
{
    public override string Unformatted() => $"Format: {Format}; Args: {string.Join(", ", values)}";

    public override IEnumerable<object> Parameters() => values!;

    public override string ToString() => Formatter.Format(Format, values!);
}
