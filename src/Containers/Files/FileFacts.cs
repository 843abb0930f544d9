using System.Buffers.Binary;

namespace ActorScheduler.Containers.Files;

/// <summary>What the kernel says of a file: statx's answer, as far as it is used here.</summary>
/// <param name="Mode">Type and permissions, as <c>st_mode</c> has them.</param>
/// <param name="Owner">Number of the user whose it is.</param>
/// <param name="Links">Names that the file has.</param>
/// <param name="Inode">Its number on its device.</param>
/// <param name="Size">Bytes, holes included.</param>
/// <param name="Allocated">Bytes that it takes of the disk.</param>
/// <param name="Changed">When its content was changed last, in whole seconds.</param>
/// <param name="Device">On which file system.</param>
/// <param name="Mount">By which mount it was reached; null when the kernel does not say (before 5.8).</param>
internal readonly record struct FileFacts(int Mode, uint Owner, uint Links, ulong Inode, long Size, long Allocated, DateTimeOffset Changed, ulong Device, ulong? Mount)
{
    /// <summary>Bytes of the kernel's answer.</summary>
    public const int StructSize = 256;

    /// <summary>Type, mode, owner, time of change, links, inode, size, blocks and mount.</summary>
    public const uint Wanted = 0x1 | 0x2 | 0x4 | 0x8 | 0x40 | 0x100 | 0x200 | 0x400 | MountIsKnown;

    private const uint MountIsKnown = 0x1000;

    /// <summary>A plain file: no folder, link, pipe, socket or device.</summary>
    public bool IsPlainFile => (Mode & 0xF000) == 0x8000;

    /// <summary>A folder.</summary>
    public bool IsFolder => (Mode & 0xF000) == 0x4000;

    /// <summary>What it is, for people.</summary>
    public string Kind => (Mode & 0xF000) switch
    {
        0x8000 => "a plain file",
        0x4000 => "a folder",
        0xA000 => "a link",
        0x1000 => "a pipe",
        0xC000 => "a socket",
        0x2000 or 0x6000 => "a device",
        _ => "no plain file",
    };

    /// <summary>Reads a struct statx.</summary>
    public static FileFacts Parse(ReadOnlySpan<byte> answer) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]),
        BinaryPrimitives.ReadUInt32LittleEndian(answer[20..]),
        BinaryPrimitives.ReadUInt32LittleEndian(answer[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(answer[32..]),
        BinaryPrimitives.ReadInt64LittleEndian(answer[40..]),
        BinaryPrimitives.ReadInt64LittleEndian(answer[48..]) * 512,
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(answer[112..]), DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds())),
        ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(answer[136..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(answer[140..]),
        (BinaryPrimitives.ReadUInt32LittleEndian(answer) & MountIsKnown) != 0 ? BinaryPrimitives.ReadUInt64LittleEndian(answer[144..]) : null);
}
