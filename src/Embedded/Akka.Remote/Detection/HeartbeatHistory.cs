namespace Akka.Remote;

/// <summary>Mean and deviation of the last intervals between heartbeats, in milliseconds.</summary>
internal sealed class HeartbeatHistory(int maximum)
{
    private readonly Queue<double> _intervals = new();
    private double _sum;
    private double _sumOfSquares;

    internal double Mean => _intervals.Count == 0 ? 0 : _sum / _intervals.Count;

    internal double StandardDeviation =>
        _intervals.Count == 0 ? 0 : Math.Sqrt(Math.Max(0, (_sumOfSquares / _intervals.Count) - (Mean * Mean)));

    internal void Add(double interval)
    {
        if (_intervals.Count >= maximum)
        {
            var oldest = _intervals.Dequeue();
            _sum -= oldest;
            _sumOfSquares -= oldest * oldest;
        }

        _intervals.Enqueue(interval);
        _sum += interval;
        _sumOfSquares += interval * interval;
    }
}
