using System.Collections.Concurrent;

namespace Docker.DotNet.Specs.Fake;

/// <summary>Keeps what is reported, in order, at once and on the reporting thread.</summary>
public sealed class Heard<T> : IProgress<T>
{
    private readonly ConcurrentQueue<T> _all = new();

    public IReadOnlyList<T> All => [.. _all];

    public void Report(T value) => _all.Enqueue(value);

    public Task AtLeastAsync(int count) =>
        Until.TrueAsync(() => _all.Count >= count, $"{count} reports of {typeof(T).Name}; came: {_all.Count}");
}
