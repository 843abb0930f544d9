using System.Buffers.Binary;
using System.Formats.Tar;

namespace ActorScheduler.Containers.Docker.Groups;

/// <summary>
/// The image of containers that hold a group's network: one program that waits for ever. It is made here, out of a few machine
/// instructions, so that no registry has to have it.
/// </summary>
internal static class PauseImage
{
    /// <summary>Its name at the engine.</summary>
    public const string Name = "actorscheduler/pause:1";

    /// <summary>Its repository.</summary>
    public const string Repository = "actorscheduler/pause";

    /// <summary>Its tag.</summary>
    public const string Tag = "1";

    /// <summary>Its program.</summary>
    public const string Program = "/pause";

    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const ulong LoadedAt = 0x400000;
    private const ushort Amd64 = 62;
    private const ushort Arm64 = 183;

    // pause(); again when a signal has interrupted it.
    private static ReadOnlySpan<byte> WaitOnAmd64 => [0xb8, 0x22, 0x00, 0x00, 0x00, 0x0f, 0x05, 0xeb, 0xf7];

    // ppoll(nothing, 0, for ever, no mask), which arm64 has in place of pause(); again.
    private static ReadOnlySpan<byte> WaitOnArm64 =>
    [
        0x00, 0x00, 0x80, 0xd2, 0x01, 0x00, 0x80, 0xd2, 0x02, 0x00, 0x80, 0xd2, 0x03, 0x00, 0x80, 0xd2, 0x28, 0x09, 0x80, 0xd2, 0x01, 0x00, 0x00, 0xd4,
        0xfa, 0xff, 0xff, 0x17,
    ];

    /// <summary>The image's files as an archive.</summary>
    /// <param name="architecture">The engine's, as it names it: <c>x86_64</c>, <c>amd64</c>, <c>aarch64</c> or <c>arm64</c>.</param>
    /// <exception cref="ContainerException">There is no program for it.</exception>
    public static MemoryStream Archive(string architecture)
    {
        byte[] program = architecture switch
        {
            "x86_64" or "amd64" => Executable(Amd64, WaitOnAmd64),
            "aarch64" or "arm64" => Executable(Arm64, WaitOnArm64),
            _ => throw new ContainerException($"container.network: groups on networks of their own are not possible on an engine for {architecture}"),
        };
        var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, Program[1..])
            {
                DataStream = new MemoryStream(program), Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute,
            });
        }
        archive.Position = 0;
        return archive;
    }

    /// <summary>A file of the format ELF with one part, which is loaded and begun at its first instruction behind the headers.</summary>
    private static byte[] Executable(ushort machine, ReadOnlySpan<byte> code)
    {
        byte[] file = new byte[HeaderSize + ProgramHeaderSize + code.Length];
        Span<byte> at = file;
        // Signature; 64 bits, little end first, version 1.
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(at);
        Short(at[16..], 2);
        Short(at[18..], machine);
        BinaryPrimitives.WriteUInt32LittleEndian(at[20..], 1);
        Long(at[24..], LoadedAt + HeaderSize + ProgramHeaderSize);
        Long(at[32..], HeaderSize);
        Short(at[52..], HeaderSize);
        Short(at[54..], ProgramHeaderSize);
        Short(at[56..], 1);
        Span<byte> part = at[HeaderSize..];
        // To be loaded, readable and executable: the whole file.
        BinaryPrimitives.WriteUInt32LittleEndian(part, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(part[4..], 5);
        Long(part[16..], LoadedAt);
        Long(part[24..], LoadedAt);
        Long(part[32..], (ulong)file.Length);
        Long(part[40..], (ulong)file.Length);
        Long(part[48..], 0x1000);
        code.CopyTo(at[(HeaderSize + ProgramHeaderSize)..]);
        return file;

        static void Short(Span<byte> to, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(to, value);
        static void Long(Span<byte> to, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(to, value);
    }
}
