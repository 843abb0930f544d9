using System.Collections.Concurrent;
using ActorScheduler.Containers.Files;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>
/// How much is in sandboxes. A large one takes long to be counted, so one is counted at a time, each seldom, and whoever asks too
/// early gets what was counted last.
/// </summary>
/// <param name="folders">Where they are.</param>
/// <param name="interval">How often one is counted at most.</param>
/// <param name="time">The clock.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without wait handle holds nothing.")]
internal sealed class SandboxSizes(SandboxFolders folders, TimeSpan interval, TimeProvider time)
{
    /// <summary>Longest that somebody waits for a count that is under way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Bytes in a run's sandbox; null while they were never counted.</summary>
    public async Task<long?> Of(string runId)
    {
        Count count = _counts.GetOrAdd(runId, static _ => new Count());
        Task<long?> counting = count.Begin(time, interval, () => Task.Run(() => Measure(runId)));
        await ((Task)counting).WaitAsync(Patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return counting.IsCompletedSuccessfully ? count.Last = await counting : count.Last;
    }

    /// <summary>A run has ended.</summary>
    public void Forget(string runId) => _counts.TryRemove(runId, out _);

    private async Task<long?> Measure(string runId)
    {
        await _gate.WaitAsync();
        try
        {
            string sandbox = folders.SandboxOf(runId);
            return Directory.Exists(sandbox) ? Tree.Measure(sandbox) : null;
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed class Count
    {
        private readonly Lock _lock = new();
        private Task<long?>? _counting;
        private long _since;

        public long? Last { get; set; }

        /// <summary>The count under way, or the last one while it is young; else another.</summary>
        public Task<long?> Begin(TimeProvider time, TimeSpan interval, Func<Task<long?>> count)
        {
            lock (_lock)
            {
                if (_counting is not null && (!_counting.IsCompleted || time.GetElapsedTime(_since) < interval))
                    return _counting;
                _since = time.GetTimestamp();
                return _counting = count();
            }
        }
    }
}
