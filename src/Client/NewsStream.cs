using System.Threading.Channels;

namespace ActorScheduler.Client;

/// <summary>News that need not be read: the oldest is dropped when there is no room.</summary>
internal sealed class NewsStream<T>(int room)
{
    private readonly Channel<T> _news = Channel.CreateBounded<T>(new BoundedChannelOptions(room) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Write(IEnumerable<T> news)
    {
        foreach (T item in news)
            _news.Writer.TryWrite(item);
    }

    public void Complete() => _news.Writer.TryComplete();

    public IAsyncEnumerable<T> ReadAsync(CancellationToken cancellation) => _news.Reader.ReadAllAsync(cancellation);
}
