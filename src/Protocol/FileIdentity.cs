using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ActorScheduler.Protocol;

/// <summary>What tells a file from another one of the same name, for as long as somebody holds it open.</summary>
/// <param name="Number">Its inode; where there are none, when it was made.</param>
/// <param name="Device">The file system that it is on: another one may be mounted in its place.</param>
internal readonly partial record struct FileIdentity(ulong Number, ulong Device = 0)
{
    private const int RelativeToHere = -100;
    private const uint Inode = 0x100;

    /// <summary>Of the file that has this name now; null when there is none.</summary>
    internal static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(path) ? new FileIdentity((ulong)File.GetCreationTimeUtc(path).Ticks) : null;
        // The kernel's struct statx is the same on all processors: the inode stands at byte 32, the device at byte 136.
        Span<byte> found = stackalloc byte[256];
        return Look(RelativeToHere, path, 0, Inode, ref MemoryMarshal.GetReference(found)) != 0
            ? null
            : new FileIdentity(Number64(found[32..]), Number64(found[136..]));
    }

    private static ulong Number64(ReadOnlySpan<byte> bytes) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Look(int folder, string path, int flags, uint mask, ref byte found);
}
