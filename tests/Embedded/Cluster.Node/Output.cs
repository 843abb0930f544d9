namespace Akka.Cluster.Node;

/// <summary>What the node observes, a line each: <c>MILLISECONDS WORD ...</c>.</summary>
internal static class Output
{
    private static readonly TextWriter Writer = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

    /// <summary>An interpolated string; numbers in it come out the same everywhere.</summary>
    internal static void Write(FormattableString text) =>
        Writer.WriteLine(FormattableString.Invariant($"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} {FormattableString.Invariant(text)}"));
}
