using System.Text;

namespace ActorScheduler.Cli.Operators;

/// <summary>Bytes of tasks on one of our outputs, unchanged: they need not be text. Several may write.</summary>
internal sealed class RawOutput
{
    private readonly Stream? _stream;
    private readonly TextWriter _writer;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly Lock _lock = new();

    /// <param name="writer">One of the console's own is passed by, its stream is used; others get text.</param>
    internal RawOutput(TextWriter writer)
    {
        _writer = writer;
        _stream = ReferenceEquals(writer, Console.Out) ? OutputStream.Answers : ReferenceEquals(writer, Console.Error) ? OutputStream.Errors : null;
    }

    internal void Write(ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            if (_stream is not null)
            {
                _stream.Write(data);
                return;
            }
            char[] text = new char[_decoder.GetCharCount(data, flush: false)];
            _decoder.GetChars(data, text, flush: false);
            _writer.Write(text);
        }
    }
}
