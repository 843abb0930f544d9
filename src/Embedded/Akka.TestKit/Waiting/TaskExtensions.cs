namespace Akka.TestKit.Extensions;

/// <summary>Time limits on tasks.</summary>
public static class TaskExtensions
{
    /// <summary>Whether the task ended in time.</summary>
    public static async Task<bool> AwaitWithTimeout(this Task parentTask, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        try
        {
            await parentTask.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException) when (!parentTask.IsCompleted)
        {
            return false;
        }
    }

    /// <exception cref="TimeoutException">The task did not end in time.</exception>
    public static Task<T> WithTimeout<T>(this Task<T> parentTask, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        parentTask.WaitAsync(timeout, cancellationToken);

    public static async Task ShouldCompleteWithin(this Task task, TimeSpan timeout, string because = "", params object[] becauseArgs) =>
        await Within(task, timeout, because, becauseArgs).ConfigureAwait(false);

    public static async Task<T> ShouldCompleteWithin<T>(this Task<T> task, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        await Within(task, timeout, because, becauseArgs).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    public static async Task ShouldCompleteWithin<T>(this Task<T> task, T expected, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        var actual = await task.ShouldCompleteWithin(timeout, because, becauseArgs).ConfigureAwait(false);
        if (!Equals(expected, actual)) throw new InvalidOperationException($"Expected {expected}, but the task gave {actual}. {string.Format(null, because, becauseArgs)}");
    }

    /// <summary>The exception of that type which the task throws in time.</summary>
    public static async Task<T> ShouldThrowWithin<T>(this Task task, TimeSpan timeout, string because = "", params object[] becauseArgs)
        where T : Exception
    {
        try
        {
            await Within(task, timeout, because, becauseArgs).ConfigureAwait(false);
        }
        catch (T expected)
        {
            return expected;
        }

        throw new InvalidOperationException($"Expected a {typeof(T)}, but nothing was thrown. {string.Format(null, because, becauseArgs)}");
    }

    public static async Task ShouldThrowWithin<T>(this Task task, T expected, TimeSpan timeout, string because = "", params object[] becauseArgs)
        where T : Exception
    {
        var thrown = await task.ShouldThrowWithin<T>(timeout, because, becauseArgs).ConfigureAwait(false);
        if (!ReferenceEquals(thrown, expected) && thrown.Message != expected.Message)
            throw new InvalidOperationException($"Expected {expected}, but {thrown} was thrown");
    }

    private static async Task Within(Task task, TimeSpan timeout, string because, object[] becauseArgs)
    {
        if (!await task.AwaitWithTimeout(timeout).ConfigureAwait(false))
            throw new TimeoutException($"Expected the task to end within {timeout}. {string.Format(null, because, becauseArgs)}");
        await task.ConfigureAwait(false);
    }
}
