using System.Buffers;
using System.Text.Json;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>How many bytes values take in messages.</summary>
public static class WireSize
{
    private const int RoomThatIsKept = 64 * 1024;

    [ThreadStatic]
    private static Counter? _counter;

    /// <summary>The bytes of a value that holds no references to actors, written as in a message.</summary>
    public static int Of<T>(T value)
    {
        Counter counter = _counter ??= new Counter();
        counter.Begin();
        using var writer = new Utf8JsonWriter(counter);
        JsonSerializer.Serialize(writer, value, ScheduleJson.Plain);
        return counter.Written;
    }

    /// <summary>Takes what is written, counts it and keeps nothing.</summary>
    private sealed class Counter : IBufferWriter<byte>
    {
        private byte[] _room = new byte[4096];

        public int Written { get; private set; }

        public void Begin()
        {
            Written = 0;
            if (_room.Length > RoomThatIsKept)
                _room = new byte[4096];
        }

        public void Advance(int count) => Written += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint);

        private byte[] Room(int size) => size <= _room.Length ? _room : _room = new byte[size];
    }
}
