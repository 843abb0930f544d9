using System.Runtime.InteropServices;
using System.Text;

namespace ActorScheduler.Cli.Operators;

/// <summary>
/// The program's output or its errors, unbuffered. Other than the console's own streams it says when a reader is gone, and waits while a pipe that
/// others have made non-blocking is full.
/// </summary>
internal sealed partial class OutputStream : Stream
{
    private const int Interrupted = 4, Again = 11, BrokenPipe = 32;
    private const short CanTake = 4;

    private readonly int _descriptor;

    private OutputStream(int descriptor) => _descriptor = descriptor;

    /// <summary>What the program was asked for. A write that fails throws <see cref="OutputException"/>.</summary>
    internal static OutputStream Answers { get; } = new(1);

    /// <summary>What is to be said beside it. That it cannot be written is told nobody: there is no place left to say so.</summary>
    internal static OutputStream Errors { get; } = new(2);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Makes these the console's writers.</summary>
    internal static void Install()
    {
        Console.SetOut(new StreamWriter(Answers, new UTF8Encoding(false)) { AutoFlush = true });
        Console.SetError(new StreamWriter(Errors, new UTF8Encoding(false)) { AutoFlush = true });
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = Write(_descriptor, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }
            int error = Marshal.GetLastPInvokeError();
            if (error == Again)
                Poll([new Awaited { Descriptor = _descriptor, Events = CanTake }], 1, -1);
            else if (error != Interrupted && ReferenceEquals(this, Errors))
                return;
            else if (error != Interrupted)
                throw new OutputException(Marshal.GetPInvokeErrorMessage(error), isClosed: error == BrokenPipe);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> data, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll([In, Out] Awaited[] awaited, ulong count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Awaited
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
