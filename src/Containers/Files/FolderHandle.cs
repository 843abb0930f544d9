using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ActorScheduler.Containers.Files;

/// <summary>
/// A folder held open. What is done by it is done in that folder, whatever becomes of the names that led to it: others may put
/// links or mounts there at any moment. Linux only.
/// </summary>
internal sealed class FolderHandle : IDisposable
{
    private const int BufferSize = 32 * 1024;

    private FolderHandle(int descriptor, FileFacts facts)
    {
        (Descriptor, Facts) = (descriptor, facts);
        Mount = facts.Mount ?? FromProcess() ?? facts.Device;
    }

    /// <summary>Its number in this process.</summary>
    public int Descriptor { get; }

    /// <summary>What the kernel said of the folder when it was opened.</summary>
    public FileFacts Facts { get; }

    /// <summary>
    /// By which mount it was reached. A folder that is mounted from the same disk has the same device, and another mount.
    /// </summary>
    public ulong Mount { get; }

    /// <summary>Opens a folder by its path; links are followed.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static FolderHandle Open(string path) =>
        Hold(AtCalls.Open(AtCalls.CurrentFolder, FileName.Of(path), AtCalls.Folder)) ?? throw AtCalls.Failed(path);

    /// <summary>Opens a folder in this one; null with the error when it is none, or cannot be opened. Links are not followed.</summary>
    public FolderHandle? TryOpen(byte[] name, out int error)
    {
        FolderHandle? folder = Hold(AtCalls.Open(Descriptor, name, AtCalls.Folder | AtCalls.NoFollow));
        error = folder is null ? Marshal.GetLastPInvokeError() : 0;
        return folder;
    }

    /// <summary>
    /// What is in it, in the order in which the kernel tells it, without <c>.</c> and <c>..</c>. What is read may be deleted
    /// meanwhile. Each call begins anew.
    /// </summary>
    public IEnumerable<(byte[] Name, bool MayBeFolder)> Entries()
    {
        byte[] buffer = new byte[BufferSize];
        AtCalls.Rewind(Descriptor);
        for (int length; (length = AtCalls.ReadFolder(Descriptor, buffer)) > 0;)
        {
            // struct linux_dirent64: inode 8, offset 8, length of the record 2, type 1, name with a zero at its end.
            for (int at = 0; at < length;)
            {
                int record = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(at + 16));
                byte type = buffer[at + 18];
                ReadOnlySpan<byte> name = buffer.AsSpan(at + 19, record - 19);
                name = name[..name.IndexOf((byte)0)];
                at += record;
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                    yield return (name.ToArray(), type is AtCalls.TypeFolder or AtCalls.TypeUnknown);
            }
        }
    }

    public void Dispose() => AtCalls.Close(Descriptor);

    private static FolderHandle? Hold(int descriptor)
    {
        if (descriptor < 0)
            return null;
        if (AtCalls.Stat(descriptor, [], out FileFacts facts) == 0)
            return new FolderHandle(descriptor, facts);
        AtCalls.Close(descriptor);
        return null;
    }

    private ulong? FromProcess()
    {
        try
        {
            string? line = File.ReadLines($"/proc/self/fdinfo/{Descriptor}").FirstOrDefault(static line => line.StartsWith("mnt_id:", StringComparison.Ordinal));
            return line is null ? null : ulong.Parse(line.AsSpan("mnt_id:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
