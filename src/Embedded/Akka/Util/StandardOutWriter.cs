namespace Akka.Util;

/// <summary>Writes to the console, one writer at a time, in colour where the console shows it.</summary>
public static class StandardOutWriter
{
    private static readonly Lock Gate = new();

    /// <summary>Writes text.</summary>
    public static void Write(string message, ConsoleColor? foregroundColor = null, ConsoleColor? backgroundColor = null) =>
        WriteWith(static m => Console.Out.Write(m), message, foregroundColor, backgroundColor);

    /// <summary>Writes text and ends the line.</summary>
    public static void WriteLine(string message, ConsoleColor? foregroundColor = null, ConsoleColor? backgroundColor = null) =>
        WriteWith(static m => Console.Out.WriteLine(m), message, foregroundColor, backgroundColor);

    private static void WriteWith(Action<string> write, string message, ConsoleColor? foreground, ConsoleColor? background)
    {
        lock (Gate)
        {
            // Escape sequences have no place in a file or a log collector.
            if ((foreground is null && background is null) || Console.IsOutputRedirected)
            {
                write(message);
                return;
            }

            Console.ForegroundColor = foreground ?? Console.ForegroundColor;
            Console.BackgroundColor = background ?? Console.BackgroundColor;
            try
            {
                write(message);
            }
            finally
            {
                Console.ResetColor();
            }
        }
    }
}
