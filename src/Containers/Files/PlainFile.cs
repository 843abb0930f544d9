using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Containers.Files;

/// <summary>
/// Opens plain files, and nothing else, where somebody else says which: a pipe holds its reader for ever, a device has no end, and
/// some do what they are there for as soon as they are opened.
/// </summary>
internal static class PlainFile
{
    /// <summary>Opens a file to read; links are followed.</summary>
    /// <exception cref="IOException">It is no plain file, or cannot be opened; the message has no path.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        string real = SandboxPath.Real(path) ?? throw new FileNotFoundException("there is no such file");
        if (AtCalls.Stat(AtCalls.CurrentFolder, FileName.Of(real), out FileFacts facts) != 0)
            throw AtCalls.Failed("it cannot be looked at");
        Check(facts);
        // Another may be in its place by now, so it is opened without waiting and looked at again.
        SafeFileHandle file = Posix.OpenToRead(real);
        try
        {
            if (AtCalls.Stat((int)file.DangerousGetHandle(), [], out facts) != 0)
                throw AtCalls.Failed("it cannot be looked at");
            Check(facts);
            return file;
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file of a folder to read; null when it is none. Links are not followed.</summary>
    public static SafeFileHandle? TryOpen(string folder, string name)
    {
        int handle = AtCalls.Open(AtCalls.CurrentFolder, FileName.Of(folder), AtCalls.Folder);
        if (handle < 0)
            return null;
        int file = AtCalls.Open(handle, FileName.Of(name), AtCalls.NonBlocking | AtCalls.NoFollow | AtCalls.CloseOnExecute);
        AtCalls.Close(handle);
        if (file < 0)
            return null;
        if (AtCalls.Stat(file, [], out FileFacts facts) == 0 && facts.IsPlainFile)
            return new SafeFileHandle(file, ownsHandle: true);
        AtCalls.Close(file);
        return null;
    }

    /// <summary>The first bytes of a file of a folder; none when it is none. Links are not followed.</summary>
    public static byte[] ReadSmall(string folder, string name, int most)
    {
        using SafeFileHandle? file = TryOpen(folder, name);
        if (file is null)
            return [];
        byte[] bytes = new byte[most];
        return bytes[..RandomAccess.Read(file, bytes, 0)];
    }

    /// <summary>Writes a small file of a folder anew: whoever reads it has the old one or the new one. No link is followed.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Replace(string folder, string name, byte[] bytes)
    {
        using FolderHandle handle = FolderHandle.Open(folder);
        byte[] next = FileName.Of(name + "~");
        _ = AtCalls.Remove(handle.Descriptor, next, isFolder: false);
        int created = AtCalls.Open(handle.Descriptor, next, AtCalls.CreateNew, 0x1a4);
        if (created < 0)
            throw AtCalls.Failed(name);
        using (var file = new SafeFileHandle(created, ownsHandle: true))
            RandomAccess.Write(file, bytes, 0);
        if (AtCalls.Rename(handle.Descriptor, next, handle.Descriptor, FileName.Of(name)) is var error and not 0)
            throw new IOException($"{name}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    private static void Check(FileFacts facts)
    {
        if (!facts.IsPlainFile)
            throw new IOException($"it is {facts.Kind}, and no plain file");
    }
}
